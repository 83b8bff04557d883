// Its own folder is its root: the lock files above it are not its own.
export default { turbopack: { root: import.meta.dirname }, poweredByHeader: false };
