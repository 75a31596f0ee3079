import { i18n } from '@lingui/core'
import compiledRotation from 'virtual:messages/en/rotation'

// Imported by the screens that need these words, so that the app doesn't carry them to everybody.
i18n.load('en', compiledRotation)
