import { i18n } from '@lingui/core'
import compiledTestToken from 'virtual:messages/en/testToken'

// Imported by what shows these words, so that the app doesn't carry them to everybody.
i18n.load('en', compiledTestToken)
