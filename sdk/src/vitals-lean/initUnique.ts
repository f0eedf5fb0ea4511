// Stands in for the library's module: one manager for each metric, since each is started once.

export const initUnique = <T>(_options: object, Manager: new () => T): T => new Manager()
