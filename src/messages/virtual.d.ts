declare module 'virtual:messages/en' {
  import type { CompiledMessage } from '@lingui/message-utils/compileMessage'
  const messages: Record<string, CompiledMessage>
  // The only shape a generated catalogue can have without repeating every key.
  export default messages
}

declare module 'virtual:messages/en/servers' {
  import type { CompiledMessage } from '@lingui/message-utils/compileMessage'
  const messages: Record<string, CompiledMessage>
  export default messages
}
