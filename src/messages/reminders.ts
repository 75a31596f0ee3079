import { i18n } from '@lingui/core'
import compiledReminders from 'virtual:messages/en/reminders'

// Imported by what needs these words, so that the app doesn't carry them to everybody.
i18n.load('en', compiledReminders)
