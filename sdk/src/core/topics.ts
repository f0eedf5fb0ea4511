// The messages that the parts of the package pass to each other.

export interface Topics {
  /** Somebody is signed in. `isNew`: for the first time in this visit. */
  signIn: { isNew: boolean }
  /** They no longer are: the last moment at which the visit is theirs. */
  signOut: 'sign_out' | 'user_switch'
  /** The page goes away, and the site with it or not. */
  hide: { isSiteLeft: boolean }
}
