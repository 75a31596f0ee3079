/** What Linux tells of processes; undefined elsewhere. */
import { existsSync, readFileSync } from 'node:fs'

export const isLinux = existsSync('/proc/self/stat')

/** Linux counts processor time in hundredths of a second, whatever its own clock does. */
const TICK_MS = 10

/** How long a process has used a processor, in milliseconds. */
export function processorTime(pid) {
  if (!isLinux) return undefined
  // After the name, which may have spaces and ends with the last parenthesis: utime and stime are fields 14 and 15.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** How long the processors have been busy, and how long they were there, both summed up over all of them. Milliseconds. */
export function machineTime() {
  if (!isLinux) return undefined
  const [user, nice, system, idle, waiting, irq, softirq, stolen] = /^cpu +(.*)$/m
    .exec(readFileSync('/proc/stat', 'utf8'))[1]
    .split(' ')
    .map((ticks) => Number(ticks) * TICK_MS)
  const busy = user + nice + system + irq + softirq + stolen
  return { busy, there: busy + idle + waiting }
}

/** What a process has in memory, in MB. */
export function residentMemory(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
}
