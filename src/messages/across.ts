import { i18n } from '@lingui/core'
import compiledAcross from 'virtual:messages/en/across'

// Imported by the screens that need these words, so that the app doesn't carry them to everybody.
i18n.load('en', compiledAcross)
