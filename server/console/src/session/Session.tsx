import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type ApiError, onSignedOut } from '../api/client.ts';
import { type StaffView, signIn, signOut, whoAmI } from '../api/staff.ts';
import { asApiError } from '../api/useLoad.ts';

export interface Session {
  readonly state: 'asking' | 'signedIn' | 'signedOut' | 'failed';
  readonly staff: StaffView | null;
  readonly error: ApiError | null;
  /** The session ended by itself, so the sign-in page says why it is there. */
  readonly expired: boolean;
  may(permission: string): boolean;
  enter(username: string, password: string): Promise<void>;
  leave(): Promise<void>;
  ask(): void;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession stands outside of SessionProvider');
  return session;
}

type State = Pick<Session, 'state' | 'staff' | 'error' | 'expired'>;
const asking: State = { state: 'asking', staff: null, error: null, expired: false };

export function SessionProvider({ children }: { children: ReactNode }): ReactNode {
  const [state, setState] = useState<State>(asking);

  const ask = useCallback(() => {
    setState(asking);
    whoAmI().then(
      (staff) => setState({ state: 'signedIn', staff, error: null, expired: false }),
      (thrown: unknown) => {
        const error = asApiError(thrown);
        const out = error.status === 401;
        setState({ ...asking, state: out ? 'signedOut' : 'failed', error: out ? null : error });
      },
    );
  }, []);

  useEffect(ask, [ask]);
  useEffect(
    () =>
      onSignedOut(() =>
        setState((before) => ({
          ...asking,
          state: 'signedOut',
          expired: before.expired || before.state === 'signedIn',
        })),
      ),
    [],
  );

  const session = useMemo<Session>(
    () => ({
      ...state,
      may: (permission) => state.staff?.permissions.includes(permission) ?? false,
      enter: async (username, password) => {
        const staff = await signIn(username, password);
        setState({ state: 'signedIn', staff, error: null, expired: false });
      },
      leave: async () => {
        await signOut();
        setState({ ...asking, state: 'signedOut' });
      },
      ask,
    }),
    [state, ask],
  );
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
