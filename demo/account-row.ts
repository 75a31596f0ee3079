import type { Account } from './account'
import type { Row } from './table'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** An account as `listaccts` shows it (section 3.6). */
export function accountRow(account: Account): Row {
  const { suspension } = account
  return {
    backup: 1,
    child_nodes: account.childNodes.map(({ alias, workload }) => ({ alias, workload })),
    disklimit: account.plan === 'business' ? 'unlimited' : '500M',
    diskused: `${14 + (account.uid % 400)}M`,
    domain: account.domain,
    email: account.email,
    has_backup: 0,
    inodeslimit: 'unlimited',
    inodesused: 400 + account.uid,
    ip: '192.0.2.10',
    ipv6: [],
    is_locked: 0,
    legacy_backup: 0,
    mailbox_format: 'maildir',
    max_defer_fail_percentage: 'unlimited',
    max_email_per_hour: 'unlimited',
    max_emailacct_quota: 'unlimited',
    maxaddons: account.plan === 'starter' ? 0 : 'unlimited',
    maxftp: 'unlimited',
    maxlst: 'unlimited',
    maxparked: '*unknown*',
    maxpop: 'unlimited',
    maxsql: 'unlimited',
    maxsub: 'unlimited',
    min_defer_fail_to_trigger_protection: 5,
    outgoing_mail_hold: 0,
    outgoing_mail_suspended: 0,
    owner: account.owner,
    partition: 'home',
    plan: account.plan,
    shell: '/bin/bash',
    standalone_feature: 0,
    standalone_feature_name: '',
    startdate: startDate(account.createTime),
    suspended: suspension === null ? 0 : 1,
    suspendreason: suspension?.reason ?? 'not suspended',
    suspendtime: suspension?.time ?? null,
    temporary: 0,
    theme: 'jupiter',
    uid: account.uid,
    unix_startdate: account.createTime,
    user: account.username,
  }
}

/** `13 May 22 16:03` */
function startDate(seconds: number): string {
  const date = new Date(seconds * 1000)
  const day = `${two(date.getUTCDate())} ${months[date.getUTCMonth()] ?? ''} ${two(date.getUTCFullYear())}`
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
}

function two(number: number): string {
  return String(number % 100).padStart(2, '0')
}
