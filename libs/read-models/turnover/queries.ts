import sql, { type Sql } from 'sql-template-tag';
import { customers } from '../customers/projection.js';
import { given, where } from '../query/page.js';
import type { Question } from '../query/question.js';
import { money, type RowAmount } from '../query/values.js';
import { visible, type Visibility } from '../query/visibility.js';
import type { TurnoverAnswer } from './answer.js';
import { turnover } from './projection.js';

export const TURNOVER_KEYS = ['month', 'territory', 'branch', 'accountManager', 'productGroup'] as const;
export type TurnoverKey = (typeof TURNOVER_KEYS)[number];

export interface TurnoverAsked {
  readonly visibility: Visibility;
  readonly by: TurnoverKey;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const keys: Readonly<Record<TurnoverKey, Sql>> = {
  month: sql`to_char(t.day, 'YYYY-MM')`,
  territory: sql`t.territory`,
  branch: sql`t.branch_id`,
  accountManager: sql`t.account_manager_id`,
  productGroup: sql`nullif(t.product_group, '')`,
};

interface TurnoverItemRow {
  readonly key: string | null;
  readonly currency: string;
  readonly orders: number;
  readonly ordered: RowAmount;
  readonly discounts: RowAmount;
  readonly credited: RowAmount;
}

/** Branch and account manager are those on the events; what an account manager may see are the customers who are theirs now. */
export const turnoverBy: Question<TurnoverAsked, TurnoverAnswer> = {
  reads: [turnover, customers],
  async answer(snapshot, { visibility, by, from, to }) {
    const orders = by === 'productGroup' ? sql`t.orders_in_group` : sql`t.orders`;
    const rows = await snapshot.rows<TurnoverItemRow>(sql`
      SELECT ${keys[by]} AS key, t.currency, sum(${orders})::integer AS orders, sum(t.ordered)::bigint AS ordered,
        sum(t.discounts)::bigint AS discounts, sum(t.credited)::bigint AS credited
      FROM read_models.turnover t
      LEFT JOIN read_models.customers c USING (customer_id)
      ${where(
        visible(visibility, { branchId: sql`t.branch_id`, accountManagerId: sql`c.account_manager_id` }),
        given(from, (day) => sql`t.day >= ${day}`),
        given(to, (day) => sql`t.day <= ${day}`),
      )}
      GROUP BY 1, 2
      ORDER BY 1, 2`);
    return { items: rows.map(toItem) };
  },
};

const toItem = ({ key, currency, orders, ordered, discounts, credited }: TurnoverItemRow) => ({
  key,
  currency,
  orders,
  ordered: money(ordered, currency),
  discounts: money(discounts, currency),
  credited: money(credited, currency),
  net: money(Number(ordered) - Number(discounts) - Number(credited), currency),
});
