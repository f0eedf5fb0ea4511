// The words for source maps: their sizes, and the command that uploads them; pure.

/** "842 B", "12 kB", "3.4 MB" */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

/** The command for a build, as it is pasted. */
export function uploadCommand(server: string, projectId: string): string {
  return [
    'export FOOTFALL_SECRET_KEY=fs_…',
    `footfall source-maps upload --server ${server} --project ${projectId} \\`,
    '  --url-prefix \'~/assets\' --release "$VERSION" dist/assets',
  ].join('\n')
}
