import type { Browser, FrameLocator, Page } from 'playwright-core';
import { complaintsOf, openDesk } from '../testing/browser.ts';
import type { WholeHall } from '../testing/hall.ts';

/** A citizen's phone, held by this browser. */
export async function pickUpPhone(
  browser: Browser,
  hall: WholeHall,
  citizen: string,
): Promise<{ phone: Page; program: FrameLocator; complaints: string[] }> {
  const phone = await (await openDesk(browser)).newPage();
  const complaints = complaintsOf(phone);
  await phone.goto(`${hall.outside.wechat.url}/phone/`);
  await phone.getByTestId(`citizen-${citizen}`).click();
  return { phone, program: phone.frameLocator('[data-testid=miniprogram-frame]'), complaints };
}

/** A desk in the office, signed in; `room` is the test id of a navigation entry. */
export async function sitDown(
  browser: Browser,
  hall: WholeHall,
  username: string,
  room: string,
): Promise<{ desk: Page; complaints: string[] }> {
  const desk = await (await openDesk(browser)).newPage();
  const complaints = complaintsOf(desk);
  await desk.goto(`${hall.url}/console/`);
  await desk.getByTestId('username').fill(username);
  await desk.getByTestId('password').fill('zengcheng-demo-2026');
  await desk.getByTestId('sign-in').click();
  await desk.getByTestId(room).click();
  return { desk, complaints };
}
