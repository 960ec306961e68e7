import Taro from '@tarojs/taro';
import type { BookingView } from '../../../server/areas/booking/contract.ts';

const secondsAt = (date: string, time: string): number => Date.parse(`${date}T${time}:00+08:00`) / 1000;

/** Writes the visit into the phone's calendar, with an alarm an hour before. False: the person or the phone says no. */
export async function addToCalendar(booking: BookingView): Promise<boolean> {
  const needed = booking.materials.filter((each) => each.needed).map((each) => each.name);
  try {
    await Taro.addPhoneCalendar({
      title: `办理${booking.matter.name}`,
      startTime: secondsAt(booking.date, booking.start),
      endTime: String(secondsAt(booking.date, booking.end)),
      location: [booking.hall.name, booking.hall.zone, booking.hall.address].filter(Boolean).join(' '),
      description: [`预约号 ${booking.number ?? ''}`, needed.length > 0 ? `请带上：${needed.join('、')}` : '']
        .filter(Boolean)
        .join('，'),
      alarm: true,
      alarmOffset: 3600,
    });
    return true;
  } catch {
    return false;
  }
}
