// Entry of the npm package.
export type { BehaviorTracking, ContactMethod, PropertyView } from './behavior/behavior'
export type { Consent } from './core/consent'
export type { Customer } from './core/customer'
export type { Automatic, Options } from './core/options'
export type { Booking, CustomerEventName, CustomerEvents, DataOf, Item, Order } from './customers/events'
export { createFootfall, type Footfall } from './footfall'
export { type Widget, type WidgetOptions, widget } from './widget/widget'
