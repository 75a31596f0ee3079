import { makeAccount } from './accounts'
import { makeUpCustomer } from './made-up'
import type { NewAccount, NewToken } from './new-account'
import { nowSeconds, type World } from './world'

const hour = 3600
const day = 24 * hour

/** Fills an empty world: the people everyone knows by name, then generated customers. Times follow the clock. */
export function seedWorld(world: World): void {
  const now = nowSeconds(world)
  for (const account of cast(now)) makeAccount(world, account)
  const { accounts, tokensPerAccount, seed } = world.settings
  for (let number = 1; number <= accounts; number += 1) {
    makeAccount(world, {
      ...makeUpCustomer(String(seed), number),
      owner: number % 3 === 0 ? 'resell' : 'root',
      package: ['starter', 'business', 'shop'][number % 3] ?? 'starter',
      tokenCount: tokensPerAccount,
      suspended: number % 11 === 0 ? 'Unpaid invoice' : false,
      features: number % 13 === 0 ? { apitokens: false } : {},
    })
  }
}

/** The named users, in the order of the README. */
function cast(now: number): NewAccount[] {
  return [
    {
      username: 'root',
      domain: 'server.example',
      hosted: false,
      listed: false,
      reseller: ['all'],
      whmTokens: rootTokens(now),
    },
    {
      username: 'resell',
      domain: 'resell-hosting.example',
      owner: 'resell',
      package: 'reseller',
      reseller: true,
      tokens: resellTokens(now),
      tokenCount: 4,
    },
    {
      username: 'junior',
      domain: 'junior-agency.example',
      owner: 'root',
      package: 'reseller',
      reseller: ['basic-whm-functions', 'acct-summary'],
    },
    { username: 'alice', domain: 'alice-bakery.example', package: 'business', tokens: aliceTokens(now) },
    { username: 'bob', domain: 'bob-media.example', owner: 'resell', package: 'business', tokenCount: 57 },
    { username: 'carol', domain: 'carol-tours.example', owner: 'resell', package: 'starter' },
    { username: 'dave', domain: 'dave-optics.example', package: 'shop', tfa: true, tokenCount: 3 },
    {
      username: 'erin',
      domain: 'erin-garden.example',
      owner: 'resell',
      package: 'starter',
      suspended: 'Unpaid invoice',
      tokenCount: 2,
    },
  ]
}

function aliceTokens(now: number): NewToken[] {
  return [
    { name: 'deploy-bot', createTime: now - 212 * day, expiresAt: now + 153 * day },
    { name: 'ci_staging', createTime: now - 85 * day, expiresAt: now + 5 * hour },
    { name: 'backup-nightly', createTime: now - 640 * day, expiresAt: null },
    { name: 'acme-dns', createTime: now - 61 * day, expiresAt: now + 29 * day },
    { name: 'whmcs-billing', createTime: now - 1033 * day, expiresAt: null },
    { name: 'grafana-readonly', createTime: now - 18 * day, expiresAt: now + 347 * day, readonly: true },
    { name: 'mail-sync', createTime: now - 360 * day, expiresAt: now + 4 * day },
    { name: 'old-laptop', createTime: now - 502 * day, expiresAt: now - 137 * day },
    { name: 'migration-2024', createTime: now - 410 * day, expiresAt: now - 3 * hour },
    { name: 'statuspage', createTime: now - 23 * day, expiresAt: now + 6 * day + 22 * hour },
    { name: 'zone-editor', createTime: now - 150 * day, expiresAt: null, features: ['zoneedit', 'autossl'] },
    { name: 'CI_Staging', createTime: now - 2 * hour, expiresAt: now + 365 * day },
  ]
}

/** Two rotations: one under way, and one that nobody finished. */
function resellTokens(now: number): NewToken[] {
  return [
    { name: 'invoices', createTime: now - 420 * day, expiresAt: null },
    { name: 'invoices-r2', createTime: now - 40 * day, expiresAt: null },
    { name: 'shop-export', createTime: now - 380 * day, expiresAt: now + 200 * day },
    { name: 'shop-export-r2', createTime: now - 3 * day, expiresAt: now + 577 * day },
  ]
}

function rootTokens(now: number): NonNullable<NewAccount['whmTokens']> {
  return [
    {
      name: 'provisioning',
      createTime: now - 300 * day,
      expiresAt: null,
      acls: ['list-accts', 'create-acct', 'suspend-acct'],
    },
    {
      name: 'nagios',
      createTime: now - 90 * day,
      expiresAt: now + 10 * hour,
      acls: ['basic-whm-functions', 'status', 'stats'],
      whitelist: ['192.0.2.10'],
    },
    { name: 'migrator', createTime: now - 400 * day, expiresAt: now - 35 * day, acls: ['all'] },
  ]
}
