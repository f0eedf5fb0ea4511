// The panel of a customer: figures, orders and bookings, sessions, and a token for their own page.

import { IconUserOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isAtLeast, useRole } from '../../api/role'
import type { Customer } from '../../api/types'
import { CopyIcon } from '../../ui/Copy'
import { Num } from '../../ui/Figures'
import { LinkButton } from '../../ui/LinkButton'
import { Result } from '../../ui/Result'
import { Facts, PanelSection, SidePanel } from '../../ui/SidePanel'
import { Empty, RowsSkeleton } from '../../ui/States'
import { When } from '../../ui/When'
import { customerQuery } from './api'
import classes from './Customers.module.css'
import { orderAmount } from './columns'
import { customerName, deviceText } from './model'
import { Sessions } from './Sessions'
import { TokenSection } from './TokenSection'

type Props = { projectId: string; customerId: string; onClose: () => void }

export function CustomerPanel({ projectId, customerId, onClose }: Props) {
  const customer = useQuery(customerQuery(projectId, customerId))
  const name = customer.data ? customerName(customer.data) : customerId
  return (
    <SidePanel label={`Customer: ${name}`} onClose={onClose} title={<h2 className={classes.panelTitle}>{name}</h2>}>
      <Result what="The customer" question={customer} skeleton={<RowsSkeleton rows={10} />}>
        {(data) =>
          data ? (
            <Body projectId={projectId} customer={data} />
          ) : (
            <Empty icon={IconUserOff} title="Customer not found">
              The customer may have been erased, or belong to another project.
            </Empty>
          )
        }
      </Result>
    </SidePanel>
  )
}

function Body({ projectId, customer }: { projectId: string; customer: Customer }) {
  const role = useRole(projectId)
  return (
    <>
      <div className={classes.figures}>
        <Figure name="Sessions" value={customer.total_sessions} />
        <Figure name="Orders" value={customer.total_orders} />
        <Figure name="Bookings" value={customer.total_bookings} />
        <Figure name="Reviews" value={customer.total_reviews} />
      </div>
      <PanelSection title="Orders and bookings">
        {customer.last_order_at || customer.last_booking_at ? (
          <Facts facts={boughtFacts(customer)} />
        ) : (
          <p className={classes.muted}>No orders or bookings yet</p>
        )}
      </PanelSection>
      <PanelSection title="Details">
        <Facts
          facts={[
            ['E-mail', customer.email && <Copied key="email" text={customer.email} what="e-mail" />],
            ['User id', <Copied key="id" text={customer.id} what="user id" isCode />],
            ['Last sign-in', customer.last_login_at && <When key="login" at={customer.last_login_at} />],
            ['Registered', customer.registered_at && <When key="registered" at={customer.registered_at} />],
            ['First event', <When key="first" at={customer.created_at} />],
            ['Latest event', <When key="latest" at={customer.updated_at} />],
            ['Device', deviceText(customer) || '–'],
          ]}
        />
        {isAtLeast(role, 'analyst') && (
          <LinkButton
            to="/p/$projectId/people/$personId"
            params={{ projectId, personId: customer.id }}
            variant="default"
            size="compact-sm"
            mt="sm"
          >
            Open person
          </LinkButton>
        )}
      </PanelSection>
      <Sessions projectId={projectId} customerId={customer.id} />
      <TokenSection projectId={projectId} customerId={customer.id} mayCreate={isAtLeast(role, 'admin')} />
    </>
  )
}

function boughtFacts(customer: Customer): [string, ReactNode][] {
  return [
    ...(customer.last_order_at
      ? ([
          [
            'Last order',
            <span key="order">
              {orderAmount(customer) && `${orderAmount(customer)}, `}
              <When at={customer.last_order_at} />
            </span>,
          ],
        ] as [string, ReactNode][])
      : []),
    ...(customer.last_booking_at
      ? ([
          [
            'Last booking',
            <span key="booking">
              {customer.last_booking_service && `${customer.last_booking_service}, `}
              <When at={customer.last_booking_at} />
            </span>,
          ],
        ] as [string, ReactNode][])
      : []),
  ]
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <span className={classes.figureName}>{name}</span>
      <span className={classes.figureValue}>
        <Num value={value} />
      </span>
    </div>
  )
}

function Copied({ text, what, isCode = false }: { text: string; what: string; isCode?: boolean }) {
  return (
    <span className={classes.copied}>
      {isCode ? <code>{text}</code> : text}
      <CopyIcon text={text} what={what} />
    </span>
  )
}
