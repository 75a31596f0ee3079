import { html, type Answer, type Reply } from './reply'

/** The page a browser sees when it is not signed in; comes with 200, 401 or 403 (section 12). */
export function loginPage(status: number, headers: Answer['headers'] = {}): Reply {
  return html(status, page('Login', '<form id="login_form" action="/login/" method="post"></form>'), headers)
}

/** A page that says no more than its title, as servers in front of cPanel and a restarting cPanel send. */
export function plainPage(status: number, title: string, headers: Answer['headers'] = {}): Reply {
  return html(status, page(title, `<h1>${title}</h1>`), headers)
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body>${body}</body></html>\n`
}
