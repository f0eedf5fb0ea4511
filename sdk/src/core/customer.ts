// The customer's fields, as section 4 of the contracts names them.

export interface Customer {
  /** The site's own id for the person. */
  id?: string | number
  email?: string
  /** Or `first_name` and `last_name`. */
  name?: string
  first_name?: string
  last_name?: string
  phone?: string
}

const FIELDS = ['id', 'email', 'name', 'first_name', 'last_name', 'phone'] as const

/** These fields and no others: what a site's sign-in hands over may hold tokens, and all of itself again. */
export const customerOf = (person: Customer): Customer => {
  const customer: Customer = {}
  for (const field of FIELDS) {
    const value = person[field]
    if (typeof value === 'string' || typeof value === 'number') Object.assign(customer, { [field]: value })
  }
  return customer
}

/** The name by which sessions and behaviour know a customer; undefined: it names nobody. */
export const userOf = (customer: Customer | null | undefined): string | undefined => {
  const { id, email } = customer || {}
  return `${id ?? ''}`.trim() || `${email ?? ''}`.trim() || undefined
}
