// Chooses a role, each with what it may do.
import { Select } from '@mantine/core'
import { ROLE_HELP, ROLE_LABELS, ROLES, type RoleName } from '../../lib/roles'
import classes from './Team.module.css'

type Props = {
  label: string
  value: RoleName
  roles: readonly RoleName[]
  disabled?: boolean
  className?: string
  isNamed?: boolean
  onChange: (role: RoleName) => void
}

export function RoleSelect({
  label,
  value,
  roles,
  disabled = false,
  className = '',
  isNamed = false,
  onChange,
}: Props) {
  return (
    <Select
      size={isNamed ? 'sm' : 'xs'}
      className={className}
      {...(isNamed ? { label } : { 'aria-label': label })}
      data={roles.map((role) => ({ value: role, label: ROLE_LABELS[role] }))}
      value={value}
      disabled={disabled}
      allowDeselect={false}
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <b>{option.label}</b>
          <span>{ROLE_HELP[option.value as RoleName]}</span>
        </span>
      )}
      onChange={(next) => {
        const role = ROLES.find((name) => name === next)
        if (role && role !== value) onChange(role)
      }}
    />
  )
}
