-- Who may do what.  Applied after the functions at every migration; the whole
-- list of rights that comes of it is tests/sql/grants.golden.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ops, customer, billing, pay, notify,
    log, audit, auth, self FROM PUBLIC, smetka_portal, smetka_pay,
    smetka_jobs, smetka_audit;
REVOKE ALL ON ALL TABLES IN SCHEMA ops, customer, billing, pay, notify, log,
    audit, auth FROM PUBLIC, smetka_money, smetka_identity, smetka_self,
    smetka_portal, smetka_pay, smetka_jobs, smetka_audit;
REVOKE CREATE ON SCHEMA ops, customer, billing, pay, notify, log
    FROM smetka_money;
REVOKE CREATE ON SCHEMA auth FROM smetka_identity;
REVOKE CREATE ON SCHEMA self FROM smetka_self;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA meter FROM PUBLIC, smetka_portal,
    smetka_pay, smetka_jobs, smetka_audit;
REVOKE ALL ON ALL TABLES IN SCHEMA meter FROM PUBLIC, smetka_money,
    smetka_portal, smetka_pay, smetka_jobs, smetka_audit;
REVOKE CREATE ON SCHEMA meter FROM smetka_money;

-- the functions' own role: what they read and write, and no more
GRANT SELECT ON ops.setting, customer.account, billing.document,
    billing.journal_txn, billing.journal_entry, billing.feed,
    pay.state, pay.edge, pay.attempt_event, pay.processor_event,
    pay.settlement, pay.allocation, pay.receipt, pay.unmatched,
    pay.intent, pay.intent_item, pay.refund_edge, pay.dispute_edge,
    pay.take_back, pay.reopening, pay.payout TO smetka_money;
GRANT SELECT, UPDATE ON ops.miss TO smetka_money;
GRANT UPDATE ON ops.setting TO smetka_money;
GRANT SELECT, INSERT, UPDATE, DELETE ON ops.budget, notify.outbox,
    pay.guest_handle, pay.step_up TO smetka_money;
GRANT SELECT, INSERT ON pay.guest_handle_account, pay.guest_handle_document
    TO smetka_money;
GRANT SELECT, INSERT, DELETE ON pay.in_flight, pay.compare_seen
    TO smetka_money;
GRANT SELECT, DELETE ON log.lookup TO smetka_money;
GRANT SELECT, INSERT, UPDATE ON billing.open_item, billing.balance,
    pay.attempt, pay.refund, pay.dispute, pay.task, pay.compare
    TO smetka_money;
GRANT INSERT ON billing.journal_txn, billing.journal_entry, pay.intent,
    pay.intent_item, pay.attempt_event, pay.processor_event, pay.settlement,
    pay.allocation, pay.receipt, pay.unmatched, pay.refund_event,
    pay.dispute_event, pay.take_back, pay.reopening, pay.payout,
    pay.payout_line, log.lookup TO smetka_money;
GRANT USAGE ON SEQUENCE pay.order_no, pay.receipt_no TO smetka_money;

-- log-ins: their own tables, and of others what finds a contract, counts
-- tries and writes mail
GRANT SELECT, INSERT, UPDATE ON auth.login, auth.login_account, auth.token,
    auth.session, auth.device, auth.api_token, auth.letter
    TO smetka_identity;
GRANT DELETE ON auth.token, auth.session, auth.device, auth.api_token,
    auth.letter TO smetka_identity;
GRANT SELECT, INSERT ON auth.event TO smetka_identity;
GRANT SELECT ON customer.account, customer.party, customer.contract,
    customer.supply_point, billing.document, ops.setting TO smetka_identity;
-- "active": a row is locked by it; nobody writes it here
GRANT UPDATE (active, paperless) ON customer.account TO smetka_identity;
GRANT UPDATE (name, address, seat, vat_number) ON customer.party
    TO smetka_identity;
GRANT SELECT, INSERT, UPDATE ON ops.review TO smetka_identity;
GRANT EXECUTE ON FUNCTION ops.attach TO smetka_identity;
GRANT SELECT, INSERT ON pay.missing TO smetka_identity;
GRANT SELECT, INSERT, UPDATE, DELETE ON ops.budget, notify.outbox,
    pay.guest_handle, pay.step_up TO smetka_identity;
GRANT SELECT, UPDATE ON ops.miss TO smetka_identity;
GRANT INSERT ON log.lookup TO smetka_identity;
GRANT EXECUTE ON FUNCTION ops.day, ops.spend, ops.spent, ops.tidy,
    notify.queue, pay.gate, pay.count_miss, pay.note_lookup
    TO smetka_identity;

-- what a customer sees of the accounts acted on: nothing of who else paid a
-- bill; payment code and number of the holder, sealed, since they stand on the
-- bill that is printed
GRANT SELECT (id, public_id, party_id, payment_code_hash,
    payment_code_sealed, payment_code_hint, client_code, currency, active,
    paperless) ON customer.account TO smetka_self;
GRANT SELECT (id, kind, name, language, address, seat, vat_number, id_hash,
    id_sealed, street, city, postcode, region, country)
    ON customer.party TO smetka_self;
GRANT SELECT (id, intent_id, processor, order_no, processor_ref,
    amount_minor, currency, state, reason, created_at, changed_at, final_at,
    expires_at) ON pay.attempt TO smetka_self;
GRANT SELECT (payment_id, processor_ref, amount_minor, currency,
    credit_minor, settled_at) ON pay.settlement TO smetka_self;
GRANT SELECT (payment_id, amount_minor, currency, state, created_at,
    changed_at) ON pay.refund TO smetka_self;
GRANT SELECT ON customer.contract, customer.supply_point, billing.document,
    billing.document_line, billing.document_tax, billing.document_register,
    billing.original, billing.open_item, billing.balance, billing.received,
    billing.feed, billing.seller, billing.journal_txn, pay.intent,
    pay.intent_item, pay.receipt, pay.allocation, pay.reopening
    TO smetka_self;
GRANT EXECUTE ON FUNCTION auth.act, auth.acting, auth.own_places,
    auth.note_owners, auth.session_of, auth.waiting, ops.day,
    pay.select_make,
    pay.select_rows, pay.unposted TO smetka_self;

-- what money and reviews call of log-ins
GRANT USAGE ON SCHEMA auth TO smetka_money;
GRANT EXECUTE ON FUNCTION auth.note_owners, auth.review_decide
    TO smetka_money;

GRANT USAGE ON SCHEMA auth, self TO smetka_portal;
GRANT USAGE ON SCHEMA auth TO smetka_pay;
GRANT EXECUTE ON FUNCTION auth.session_of, auth.session_touch
    TO smetka_portal, smetka_pay;
GRANT EXECUTE ON FUNCTION auth.session_list, auth.session_end, auth.logout,
    auth.login_find, auth.login_done, auth.secrets, auth.confirm,
    auth.totp_done, auth.totp_set, auth.password_change, auth.reset_ask,
    auth.reset_take, auth.token_open, auth.register, auth.activate,
    auth.agree, auth.contract_add, auth.contracts TO smetka_portal;
GRANT EXECUTE ON FUNCTION auth.invite, auth.invite_open, auth.invite_accept,
    auth.invite_join, auth.people, auth.people_places, auth.people_log,
    auth.people_end, auth.email_ask, auth.email_take, auth.email_undo,
    auth.language_set, auth.profile, auth.place_set, auth.business_ask,
    auth.represent TO smetka_portal;
GRANT EXECUTE ON FUNCTION auth.events, auth.token_enter, auth.token_make,
    auth.tokens, auth.token_end, auth.export_ask, auth.close_ask,
    auth.close_keep, auth.close_cancel TO smetka_portal;
GRANT USAGE ON SCHEMA auth TO smetka_jobs;
GRANT EXECUTE ON FUNCTION auth.close_due TO smetka_jobs;
GRANT EXECUTE ON FUNCTION self.pay_select, self.pay_selection, pay.selected
    TO smetka_portal;
GRANT EXECUTE ON FUNCTION self.document_state, self.payable, self.used,
    self.paid, self.payment_rows TO smetka_self;
GRANT EXECUTE ON FUNCTION self.charts, self.shown, self.dates
    TO smetka_portal;
GRANT EXECUTE ON FUNCTION meter.shown, meter.ahead TO smetka_self;
GRANT EXECUTE ON FUNCTION self.places, self.invoices, self.invoices_after,
    self.invoice, self.invoice_years, self.invoice_year,
    self.invoice_lines, self.invoice_registers, self.invoice_like,
    self.invoice_taxes, self.invoice_payments,
    self.invoice_original, self.payments, self.payment,
    self.payment_parts, self.payments_like TO smetka_portal;
GRANT EXECUTE ON FUNCTION self.meters, self.meter_windows,
    self.meter_figures, self.meter_history, self.meter_submit,
    self.meter_photo, self.meter_sent, self.readings, self.waiting
    TO smetka_portal;
GRANT EXECUTE ON FUNCTION pay.missing_match, ops.reference
    TO smetka_identity;
GRANT EXECUTE ON FUNCTION auth.missing_file, auth.missing_list
    TO smetka_portal;
GRANT EXECUTE ON FUNCTION pay.unposted, pay.not_posted TO smetka_jobs;

-- meters; a customer reaches them through schema self
GRANT USAGE ON SCHEMA meter TO smetka_self;
GRANT EXECUTE ON FUNCTION meter.page, meter.list, meter.so_far,
    meter.windows, meter.figures, meter.history, meter.submit, meter.sent,
    meter.sent_so_far, meter.attach, meter.readings, meter.waiting
    TO smetka_self;
GRANT SELECT ON customer.contract, customer.supply_point, meter.route,
    meter.route_dates, meter.place, meter.meter TO smetka_money;
-- a lock needs a right to write, on a column that nobody writes
GRANT SELECT, UPDATE (no) ON meter.register TO smetka_money;
GRANT SELECT, INSERT ON meter.submission TO smetka_money;
GRANT SELECT, INSERT, UPDATE (state, reason) ON meter.reading
    TO smetka_money;
GRANT SELECT, INSERT, UPDATE, DELETE ON meter.inbox TO smetka_money;
GRANT SELECT, INSERT, UPDATE ON ops.review TO smetka_money;
GRANT SELECT, INSERT, DELETE ON ops.attachment TO smetka_money;
GRANT USAGE ON SEQUENCE meter.reference_no TO smetka_money;
GRANT USAGE ON SCHEMA meter TO smetka_jobs;
GRANT EXECUTE ON FUNCTION meter.inbox_take, meter.received TO smetka_jobs;
GRANT USAGE ON SCHEMA meter TO smetka_portal;
GRANT EXECUTE ON FUNCTION meter.guest_submit TO smetka_portal;
GRANT EXECUTE ON FUNCTION meter.file_list, meter.file_submit,
    meter.file_sent TO smetka_self;
GRANT EXECUTE ON FUNCTION self.meter_file_list, self.meter_file_submit,
    self.meter_file_end, self.meter_file_sent TO smetka_portal;

GRANT USAGE ON SCHEMA pay TO smetka_portal, smetka_pay, smetka_jobs;
GRANT USAGE ON SCHEMA notify, ops TO smetka_jobs;

GRANT EXECUTE ON FUNCTION pay.guest_open, pay.guest_add, pay.guest_link,
    pay.guest_email, pay.step_up_take, pay.guest_bill TO smetka_portal;

GRANT EXECUTE ON FUNCTION pay.start, pay.asked, pay.apply, pay.ask_failed,
    pay.want_ask, pay.status, pay.receipt, pay.status_email,
    pay.refund_apply, pay.dispute_apply, pay.payer_refund TO smetka_pay;

GRANT EXECUTE ON FUNCTION pay.order_money, pay.biller_due,
    pay.biller_confirm TO smetka_pay;

GRANT EXECUTE ON FUNCTION pay.asked, pay.apply, pay.ask_failed,
    pay.want_ask, pay.status, pay.receipt, pay.sweep_claim,
    pay.refund_apply, pay.dispute_apply, pay.refund_claim, pay.refund_asked,
    pay.refund_ask_failed, pay.payout_apply, pay.payouts_since, pay.payout_posted,
    pay.compare_due,
    pay.compare_begin, pay.compare_note, pay.compare_end,
    notify.outbox_claim, notify.outbox_done, ops.set, ops.figures,
    ops.forget
    TO smetka_jobs;

-- checks from outside read the views and nothing else
GRANT USAGE ON SCHEMA audit TO smetka_audit;
GRANT SELECT ON ALL TABLES IN SCHEMA audit TO smetka_audit;
