export function findPart(part: 'redis' | 'nginx'): string | undefined
