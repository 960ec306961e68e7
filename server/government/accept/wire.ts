/** The calls that exist in both flavours of the system: JSON, and SOAP with XML in a text. Each is signed by the wire. */
export interface AcceptWire {
  submit(body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<ReceiptFields>;
  find(ourNumber: string, signal: AbortSignal): Promise<ReceiptFields | null>;
  supplement(body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<void>;
  withdraw(caseNumber: string, reason: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface ReceiptFields {
  readonly sblsh: string;
  readonly sblshShort: string;
  readonly ywcxmm: string;
}

export type Sign = (text: string) => string;
