import type { Page } from 'playwright-core';
import { codeOf } from './authenticator.ts';
import { signUp } from './checkout.ts';
import { journey, type Stage } from './journey.ts';
import { look } from './look.ts';
import { goTo, type Newcomer, newcomer, signIn, signOut } from './people.ts';

journey('a second factor guards a login, and a session elsewhere is ended', async (stage) => {
  const person = newcomer('Kim');
  const page = await stage.arrive();
  await page.goto('/sign-up');
  await look(page, 'Create your account');
  await signUp(page, person, 'Create account');
  await page.getByRole('heading', { level: 1, name: `Hello, ${person.firstName}` }).waitFor();
  await goTo(page, 'Security');
  await look(page, 'Security');
  const factor = page.getByRole('region', { name: 'Two-step sign-in' });
  await factor.getByRole('button', { name: 'Set it up' }).click();
  await factor.getByLabel('Your password').fill(person.password);
  await factor.getByRole('button', { name: 'Continue' }).click();
  const key = await factor.locator('code').innerText();
  await look(page, 'Security');
  await factor.getByRole('textbox', { name: 'Code' }).fill(codeOf(key));
  await factor.getByRole('button', { name: 'Turn it on' }).click();
  await factor.getByText('Keep these backup codes').waitFor();
  await look(page, 'Security');
  const [backupCode = ''] = await factor.locator('code').allInnerTexts();
  await factor.getByRole('button', { name: 'I have kept them' }).click();
  await factor.getByText('10 backup codes are left').waitFor();

  await signOut(page);
  await page.goto('/sign-in?next=/portal/security');
  await signInWithCode(stage, page, person, codeOf(key, 1));
  await look(page, 'Security');

  const elsewhere = await stage.arrive();
  await elsewhere.goto('/sign-in');
  await signInWithCode(stage, elsewhere, person, backupCode);
  await elsewhere.getByRole('heading', { level: 1, name: `Hello, ${person.firstName}` }).waitFor();

  await page.reload();
  await factor.getByText('9 backup codes are left').waitFor();
  const sessions = page.getByRole('region', { name: 'Where you are signed in' });
  await sessions.getByText('This browser').waitFor();
  await look(page, 'Security');
  await sessions.getByRole('button', { name: /^Sign out Chrome on / }).click();
  await page.getByText('That session has ended.').waitFor();
  await sessions.getByRole('button', { name: /^Sign out Chrome on / }).waitFor({ state: 'hidden' });
  await elsewhere.goto('/portal');
  await look(elsewhere, 'Sign in');
  await page.reload();
  await look(page, 'Security');
});

/** The password first, which alone is refused: the browser logs that. */
async function signInWithCode(stage: Stage, page: Page, person: Newcomer, code: string): Promise<void> {
  stage.excuse(/status of 401.*\/api\/v1\/session/);
  await signIn(page, person);
  await page.getByLabel('Code').waitFor();
  await look(page, 'Sign in');
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
