/** The catalogues that vite.config.ts compiles. */
declare module 'virtual:messages/*' {
  import type { CompiledMessage } from '@lingui/message-utils/compileMessage'
  const messages: Record<string, CompiledMessage>
  // The only shape a generated catalogue can have without repeating every key.
  export default messages
}
