import plugin from 'tailwindcss/plugin'

/**
 * Every colour of the app by what it is for, as [light, dark]. Pages name roles only; a colour that is not here can't be
 * written. Text roles reach 4.5:1 on canvas, surface and their own soft background, line-strong 3:1 (WCAG 2.2 AA).
 */
const roles = {
  canvas: ['#f5f6f8', '#0e1116'],
  surface: ['#ffffff', '#161a21'],
  raised: ['#ffffff', '#1c212a'],
  sunken: ['#eef0f4', '#0f1319'],
  line: ['#dfe3e9', '#2a313c'],
  'line-strong': ['#818a98', '#6d7786'],
  ink: ['#161a22', '#e9ecf1'],
  muted: ['#545e6e', '#9ca7b6'],
  accent: ['#2452c4', '#8fb6ff'],
  'accent-fill': ['#2452c4', '#3467da'],
  'accent-hover': ['#1c439f', '#2b59c4'],
  'accent-soft': ['#e9effd', '#1a2641'],
  'on-fill': ['#ffffff', '#ffffff'],
  danger: ['#b0251c', '#ff9d93'],
  'danger-fill': ['#b0251c', '#c23a2f'],
  'danger-hover': ['#8f1b14', '#a93127'],
  'danger-soft': ['#fdecea', '#371b1a'],
  warn: ['#805200', '#f0c069'],
  'warn-soft': ['#fff3d9', '#30260f'],
  ok: ['#1a663a', '#7dd69e'],
  'ok-soft': ['#e4f5eb', '#132c1d'],
  shade: ['rgb(15 20 30 / 0.45)', 'rgb(0 0 0 / 0.6)'],
}

const variables = Object.fromEntries(
  Object.entries(roles).map(([role, [light, dark]]) => [`--${role}`, `light-dark(${light}, ${dark})`]),
)

export default {
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      ...Object.fromEntries(Object.keys(roles).map((role) => [role, `var(--${role})`])),
    },
    fontFamily: {
      sans: ['system-ui', '-apple-system', '"Segoe UI"', 'Roboto', '"Noto Sans"', '"Liberation Sans"', 'sans-serif'],
      mono: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', '"Liberation Mono"', 'monospace'],
    },
  },
  plugins: [plugin((api) => api.addBase({ ':root': variables }))],
}
