// Who a customer is, in the words of section 4 of the contracts.

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

/** The name by which sessions and behaviour know a customer; undefined: it names nobody. */
export const userOf = (customer: Customer | null | undefined): string | undefined => {
  const { id, email } = customer || {}
  return `${id ?? ''}`.trim() || `${email ?? ''}`.trim() || undefined
}
