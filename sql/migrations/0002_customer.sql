-- Who is served: parties, their accounts, contracts and supply points.

CREATE TABLE customer.party (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN
        ('person', 'company', 'institution', 'association')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    id_kind text CHECK (id_kind IN ('cnp', 'cui', 'egn', 'eik', 'other')),
    id_hash bytea CHECK (octet_length(id_hash) = 32),
    id_sealed bytea,
    email text CHECK (length(email) <= 254),
    phone text CHECK (length(phone) <= 16),
    language text NOT NULL DEFAULT 'ro' CHECK (language IN ('ro', 'bg', 'en')),
    CHECK ((id_hash IS NULL) = (id_sealed IS NULL))
);
CREATE INDEX party_id_hash ON customer.party (id_hash)
    WHERE id_hash IS NOT NULL;
COMMENT ON TABLE customer.party IS 'A customer: a person or an organisation.';
COMMENT ON COLUMN customer.party.id IS 'Key.';
COMMENT ON COLUMN customer.party.kind IS 'What the customer is.';
COMMENT ON COLUMN customer.party.name IS 'Name as on the contract.';
COMMENT ON COLUMN customer.party.id_kind IS
    'Which number identifies the customer to the state.';
COMMENT ON COLUMN customer.party.id_hash IS
    'Keyed hash of that number, for look-ups.';
COMMENT ON COLUMN customer.party.id_sealed IS
    'That number, sealed by the application.';
COMMENT ON COLUMN customer.party.email IS 'Address on file.';
COMMENT ON COLUMN customer.party.phone IS 'Number on file, + and digits.';
COMMENT ON COLUMN customer.party.language IS 'Preferred language.';

CREATE TABLE customer.account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    party_id bigint NOT NULL REFERENCES customer.party,
    payment_code_hash bytea NOT NULL UNIQUE
        CHECK (octet_length(payment_code_hash) = 32),
    payment_code_sealed bytea,
    payment_code_hint text NOT NULL
        CHECK (length(payment_code_hint) BETWEEN 1 AND 4),
    client_code text,
    client_code_hash bytea CHECK (octet_length(client_code_hash) = 32),
    currency text NOT NULL DEFAULT 'RON' CHECK (currency ~ '^[A-Z]{3}$'),
    active boolean NOT NULL DEFAULT true
);
CREATE INDEX account_party ON customer.account (party_id);
CREATE UNIQUE INDEX account_client_code ON customer.account (client_code)
    WHERE client_code IS NOT NULL;
CREATE UNIQUE INDEX account_client_code_hash
    ON customer.account (client_code_hash)
    WHERE client_code_hash IS NOT NULL;
COMMENT ON TABLE customer.account IS 'What bills are addressed to and paid by.';
COMMENT ON COLUMN customer.account.id IS 'Key.';
COMMENT ON COLUMN customer.account.public_id IS
    'Random id for addresses and pay links.';
COMMENT ON COLUMN customer.account.party_id IS 'The customer.';
COMMENT ON COLUMN customer.account.payment_code_hash IS
    'Keyed hash of the payment code; the way guests find the account.';
COMMENT ON COLUMN customer.account.payment_code_sealed IS
    'The payment code, sealed, for printing it again.';
COMMENT ON COLUMN customer.account.payment_code_hint IS
    'Last four characters of the payment code.';
COMMENT ON COLUMN customer.account.client_code IS
    'The supplier''s own number of the customer.';
COMMENT ON COLUMN customer.account.client_code_hash IS
    'Keyed hash of the client code, for look-ups.';
COMMENT ON COLUMN customer.account.currency IS
    'Currency that is shown when nothing is owed in any.';
COMMENT ON COLUMN customer.account.active IS
    'A closed account can still be paid.';

CREATE TABLE customer.contract (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES customer.account,
    number text NOT NULL UNIQUE CHECK (length(number) BETWEEN 1 AND 40),
    utility text NOT NULL CHECK (utility IN
        ('electricity', 'gas', 'water', 'heat', 'telecom', 'other'))
);
CREATE INDEX contract_account ON customer.contract (account_id);
COMMENT ON TABLE customer.contract IS 'A contract of an account.';
COMMENT ON COLUMN customer.contract.id IS 'Key.';
COMMENT ON COLUMN customer.contract.account_id IS 'The account it bills to.';
COMMENT ON COLUMN customer.contract.number IS 'Number on the contract.';
COMMENT ON COLUMN customer.contract.utility IS 'What is supplied.';

CREATE TABLE customer.supply_point (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contract_id bigint NOT NULL REFERENCES customer.contract,
    code text NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
    address text,
    meter_serials text[] NOT NULL DEFAULT '{}',
    UNIQUE (code, contract_id)
);
CREATE INDEX supply_point_contract ON customer.supply_point (contract_id);
COMMENT ON TABLE customer.supply_point IS 'Where a contract is supplied.';
COMMENT ON COLUMN customer.supply_point.id IS 'Key.';
COMMENT ON COLUMN customer.supply_point.contract_id IS 'The contract.';
COMMENT ON COLUMN customer.supply_point.code IS
    'Code of the metering point (BT-18, BT-71).';
COMMENT ON COLUMN customer.supply_point.address IS 'Where it is.';
COMMENT ON COLUMN customer.supply_point.meter_serials IS
    'Serial numbers of the meters there.';
