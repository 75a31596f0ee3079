import { i18n } from '@lingui/core'
import compiledUnfinished from 'virtual:messages/en/unfinished'

// Imported where these words are shown, so that the app doesn't carry them from the start.
i18n.load('en', compiledUnfinished)
