import { readRows } from './csv-rows.js';

/** A line of an invoice as the file has it; the quantity may be negative. */
export interface InvoiceLine {
  readonly sku: string;
  readonly description: string;
  /** Whole pieces as decimal text. */
  readonly quantity: string;
  /** Pounds as decimal text. */
  readonly unitPrice: string;
}

export interface Invoice {
  readonly number: string;
  /** Five digits; empty for walk-in sales. */
  readonly customerNumber: string;
  readonly country: string;
  /** Local time of the first line, `YYYY-MM-DDTHH:MM:SS`. */
  readonly issuedAt: string;
  readonly lines: InvoiceLine[];
}

const COLUMNS = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/**
 * Reads the file (CSV, plain or gzip) and groups its rows by invoice number over the whole of it, since the rows of an invoice may
 * stand apart. Invoices come in the order of their first rows.
 */
export async function readInvoices(file: string): Promise<Invoice[]> {
  const invoices = new Map<string, Invoice>();
  let header: string | undefined;
  for await (const row of readRows(file)) {
    if (header === undefined) {
      header = row.join(',').replace('\uFEFF', '');
      if (header !== COLUMNS)
        throw new Error(`${file} should have the columns ${COLUMNS}, but has ${header}`);
      continue;
    }
    const [number = '', sku = '', description = '', quantity = '', issuedAt = '', unitPrice = ''] = row;
    let invoice = invoices.get(number);
    if (!invoice) {
      const [customerNumber = '', country = ''] = row.slice(6);
      invoice = { number, customerNumber, country, issuedAt, lines: [] };
      invoices.set(number, invoice);
    }
    invoice.lines.push({ sku, description, quantity, unitPrice });
  }
  return [...invoices.values()];
}
