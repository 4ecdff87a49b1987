--
-- PostgreSQL database dump
--


-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: follow_volunteer_search(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.follow_volunteer_search() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO volunteer_search (volunteer_id, grams) VALUES (
        new.id,
        volunteer_grams(
            new.event_id, new.email_key, new.listed_name, new.given_name, new.number
        )
    )
    ON CONFLICT (volunteer_id) DO UPDATE SET grams = excluded.grams;
    RETURN NULL;
END
$$;


--
-- Name: volunteer_grams(integer, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.volunteer_grams(event integer, VARIADIC columns text[]) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
DECLARE
    words text := lower(array_to_string(columns, E'\n'));
    before text := event || ':';
    grams text[] := '{}';
BEGIN
    FOR place IN 1 .. length(words) LOOP
        grams := grams || (before || substr(words, place, 3));
    END LOOP;
    RETURN array_to_tsvector(grams);
END
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: access_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.access_key (
    id integer NOT NULL,
    event_id integer NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    key_hash text NOT NULL,
    hint text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    created_by integer,
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    issuer text,
    subject text
);


--
-- Name: access_key_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.access_key_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: access_key_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.access_key_id_seq OWNED BY public.access_key.id;


--
-- Name: achievement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.achievement (
    id integer NOT NULL,
    public_id text NOT NULL,
    event_id integer NOT NULL,
    digest text NOT NULL,
    address text NOT NULL,
    document json NOT NULL
);


--
-- Name: achievement_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.achievement_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: achievement_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.achievement_id_seq OWNED BY public.achievement.id;


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: attempt; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.attempt (
    id integer NOT NULL,
    mail_id integer NOT NULL,
    account text NOT NULL,
    try_number integer NOT NULL,
    at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    drawing_ms double precision,
    phase text NOT NULL,
    code integer,
    answer text NOT NULL,
    verdict text NOT NULL,
    address text DEFAULT ''::text NOT NULL
);


--
-- Name: attempt_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.attempt_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: attempt_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.attempt_id_seq OWNED BY public.attempt.id;


--
-- Name: audit_entry; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_entry (
    id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    event_id integer,
    action text NOT NULL,
    by_key_id integer,
    by_role text,
    by_name text NOT NULL,
    network text NOT NULL,
    volunteer_id integer,
    key_id integer,
    count integer,
    fields json NOT NULL
);


--
-- Name: audit_entry_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.audit_entry_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: audit_entry_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.audit_entry_id_seq OWNED BY public.audit_entry.id;


--
-- Name: bounce_mailbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bounce_mailbox (
    id integer NOT NULL,
    account_id integer NOT NULL,
    host text NOT NULL,
    port integer NOT NULL,
    security character varying(32) NOT NULL,
    username text NOT NULL,
    sealed_password text,
    host_by_owner boolean NOT NULL,
    folder text NOT NULL,
    move_to text NOT NULL,
    uid_validity bigint,
    last_uid bigint NOT NULL,
    next_look_at timestamp with time zone NOT NULL,
    looked_at timestamp with time zone,
    trouble text NOT NULL,
    way text DEFAULT 'imap'::text NOT NULL,
    read_until timestamp with time zone,
    batch integer DEFAULT 200 NOT NULL,
    may_leave integer DEFAULT 200,
    used_up_at timestamp with time zone
);


--
-- Name: bounce_mailbox_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.bounce_mailbox_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: bounce_mailbox_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.bounce_mailbox_id_seq OWNED BY public.bounce_mailbox.id;


--
-- Name: bounce_report; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bounce_report (
    id integer NOT NULL,
    mail_id integer NOT NULL,
    key character varying(64) NOT NULL,
    verdict character varying(32) NOT NULL,
    address text NOT NULL,
    answer text NOT NULL,
    found_at timestamp with time zone NOT NULL,
    code integer DEFAULT 550 NOT NULL,
    is_open boolean DEFAULT false NOT NULL
);


--
-- Name: bounce_report_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.bounce_report_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: bounce_report_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.bounce_report_id_seq OWNED BY public.bounce_report.id;


--
-- Name: certificate; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.certificate (
    id integer NOT NULL,
    public_id text NOT NULL,
    event_id integer NOT NULL,
    volunteer_id integer NOT NULL,
    design_id integer NOT NULL,
    revision integer NOT NULL,
    name text NOT NULL,
    number text NOT NULL,
    date date NOT NULL,
    columns json NOT NULL,
    language text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    typesetting json,
    is_correction boolean DEFAULT false NOT NULL,
    by_organizer boolean DEFAULT false NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawal_reason text DEFAULT ''::text NOT NULL,
    undone_withdrawals json DEFAULT '[]'::json NOT NULL,
    secrets json,
    public_columns json DEFAULT '[]'::json NOT NULL,
    group_id integer,
    event_name text DEFAULT ''::text NOT NULL,
    organization text DEFAULT ''::text NOT NULL,
    taken_back_at timestamp with time zone,
    credential_due boolean DEFAULT false NOT NULL,
    on_wall_at timestamp with time zone
);


--
-- Name: certificate_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.certificate_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: certificate_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.certificate_id_seq OWNED BY public.certificate.id;


--
-- Name: colleague_invitation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.colleague_invitation (
    id integer NOT NULL,
    event_id integer NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    nonce text NOT NULL,
    token_hash text NOT NULL,
    mail_id integer,
    created_at timestamp with time zone NOT NULL,
    created_by integer,
    expires_at timestamp with time zone NOT NULL,
    access_expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    taken_at timestamp with time zone,
    taken_by integer
);


--
-- Name: colleague_invitation_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.colleague_invitation_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: colleague_invitation_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.colleague_invitation_id_seq OWNED BY public.colleague_invitation.id;


--
-- Name: console_draft; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.console_draft (
    place text NOT NULL,
    sealed text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);


--
-- Name: console_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.console_session (
    id integer NOT NULL,
    token_hash text NOT NULL,
    secret_hash text,
    issuer text,
    subject text,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    browser text NOT NULL,
    network text NOT NULL
);


--
-- Name: console_session_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.console_session_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: console_session_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.console_session_id_seq OWNED BY public.console_session.id;


--
-- Name: credential; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.credential (
    id integer NOT NULL,
    certificate_id integer NOT NULL,
    edition integer NOT NULL,
    status_list_id integer NOT NULL,
    index integer NOT NULL,
    achievement_id integer,
    issuer_key_id integer,
    document bytea,
    did text NOT NULL,
    address text,
    titles json NOT NULL,
    signed_at timestamp with time zone,
    revoked_at timestamp with time zone
);


--
-- Name: credential_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.credential_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: credential_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.credential_id_seq OWNED BY public.credential.id;


--
-- Name: crowded_name; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.crowded_name (
    volunteer_id integer NOT NULL,
    event_id integer NOT NULL,
    crowding double precision NOT NULL
);


--
-- Name: design; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.design (
    id integer NOT NULL,
    event_id integer NOT NULL,
    version integer NOT NULL,
    template_sha256 character varying(64) NOT NULL,
    layout json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    jpeg_quality integer DEFAULT 92 NOT NULL,
    typesetting json,
    vector_sha256 character varying(64),
    print_dpi double precision,
    called json,
    gallery json,
    replaced_version integer
);


--
-- Name: design_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.design_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: design_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.design_id_seq OWNED BY public.design.id;


--
-- Name: erased_address; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.erased_address (
    event_id integer NOT NULL,
    address_hash character varying(64) NOT NULL,
    erased_at timestamp with time zone NOT NULL
);


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    id integer NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    time_zone text NOT NULL,
    organization text NOT NULL,
    website text NOT NULL,
    frontend_url text NOT NULL,
    organizer_token_hash text NOT NULL,
    certificate_date date,
    number_pattern text NOT NULL,
    next_number integer NOT NULL,
    design_id integer,
    wording json NOT NULL,
    sending character varying(32) NOT NULL,
    ask_when_unsure boolean NOT NULL,
    corrections_allowed boolean NOT NULL,
    early_positions json NOT NULL,
    early_account json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    mailed_picture_limit integer DEFAULT 1000000 NOT NULL,
    frontend_url_by_owner boolean DEFAULT false NOT NULL,
    list_columns json DEFAULT '[]'::json NOT NULL,
    live_at timestamp with time zone,
    contact_address text DEFAULT ''::text NOT NULL,
    is_forgetting_rehearsal boolean DEFAULT false NOT NULL,
    account_id integer,
    from_address text DEFAULT ''::text NOT NULL,
    archived_at timestamp with time zone,
    deleted_at timestamp with time zone,
    list_mappings json DEFAULT '{}'::json NOT NULL,
    responsible_organization text DEFAULT ''::text NOT NULL,
    privacy_contact text DEFAULT ''::text NOT NULL,
    privacy_texts json DEFAULT '{}'::json NOT NULL,
    naming text DEFAULT 'ask'::text NOT NULL,
    names_until date,
    issue_at timestamp with time zone,
    retention_days integer,
    retention_at timestamp with time zone,
    groups_version integer DEFAULT 0 NOT NULL,
    grouped_until integer,
    hold_ended_at timestamp with time zone,
    sendings integer DEFAULT 0 NOT NULL,
    first_few json DEFAULT '[]'::json NOT NULL,
    suppressions_due boolean DEFAULT false NOT NULL,
    issuer_id integer,
    page_id text,
    page_published_at timestamp with time zone,
    page_is_listed boolean DEFAULT false NOT NULL,
    page_thanks text DEFAULT ''::text NOT NULL,
    starts_on date,
    ends_on date
);


--
-- Name: event_font; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_font (
    event_id integer NOT NULL,
    sha256 character varying(64) NOT NULL
);


--
-- Name: event_group; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_group (
    id integer NOT NULL,
    event_id integer NOT NULL,
    column_title text NOT NULL,
    value text NOT NULL,
    name text NOT NULL,
    design_id integer,
    wording json NOT NULL
);


--
-- Name: event_group_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.event_group_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: event_group_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.event_group_id_seq OWNED BY public.event_group.id;


--
-- Name: event_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.event_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: event_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.event_id_seq OWNED BY public.event.id;


--
-- Name: fit_progress; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.fit_progress (
    event_id integer NOT NULL,
    design_id integer NOT NULL,
    volunteer_id integer NOT NULL,
    is_whole boolean DEFAULT false NOT NULL,
    groups_version integer DEFAULT 0 NOT NULL
);


--
-- Name: font_file; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.font_file (
    sha256 character varying(64) NOT NULL,
    content bytea NOT NULL,
    family text NOT NULL,
    created_at timestamp with time zone NOT NULL
);


--
-- Name: issuer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.issuer (
    id integer NOT NULL,
    slug text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    page text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    logo text DEFAULT ''::text NOT NULL
);


--
-- Name: issuer_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.issuer_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: issuer_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.issuer_id_seq OWNED BY public.issuer.id;


--
-- Name: issuer_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.issuer_key (
    id integer NOT NULL,
    issuer_id integer NOT NULL,
    name text NOT NULL,
    public_key text NOT NULL,
    sealed_private_key text,
    created_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    leaked_at timestamp with time zone,
    is_to_renew boolean DEFAULT false NOT NULL
);


--
-- Name: issuer_key_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.issuer_key_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: issuer_key_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.issuer_key_id_seq OWNED BY public.issuer_key.id;


--
-- Name: issuer_logo; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.issuer_logo (
    issuer_id integer NOT NULL,
    sha256 text NOT NULL,
    content bytea NOT NULL
);


--
-- Name: list_change; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.list_change (
    id integer NOT NULL,
    import_id integer NOT NULL,
    volunteer_id integer NOT NULL,
    left_as text NOT NULL,
    sealed_before text,
    certificate_id integer
);


--
-- Name: list_change_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.list_change_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: list_change_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.list_change_id_seq OWNED BY public.list_change.id;


--
-- Name: list_column; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.list_column (
    id integer NOT NULL,
    event_id integer NOT NULL,
    title text NOT NULL,
    kind text NOT NULL,
    unit text NOT NULL,
    is_public boolean DEFAULT false NOT NULL,
    is_in_full boolean DEFAULT false NOT NULL,
    backlog integer NOT NULL,
    total text NOT NULL,
    read_count integer NOT NULL,
    unread_count integer NOT NULL
);


--
-- Name: list_column_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.list_column_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: list_column_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.list_column_id_seq OWNED BY public.list_column.id;


--
-- Name: list_import; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.list_import (
    id integer NOT NULL,
    event_id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    reading text NOT NULL,
    added integer NOT NULL,
    updated integer NOT NULL
);


--
-- Name: list_import_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.list_import_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: list_import_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.list_import_id_seq OWNED BY public.list_import.id;


--
-- Name: mail; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mail (
    id integer NOT NULL,
    event_id integer NOT NULL,
    volunteer_id integer,
    certificate_id integer,
    kind character varying(32) NOT NULL,
    version integer NOT NULL,
    state character varying(32) NOT NULL,
    urgent boolean NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    address text NOT NULL,
    message_id text NOT NULL,
    verdict text NOT NULL,
    code integer,
    answer text NOT NULL,
    maybe_duplicate boolean NOT NULL,
    wording_of text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    returned_at timestamp with time zone,
    group_id integer,
    waits_since timestamp with time zone,
    despite text DEFAULT ''::text NOT NULL,
    unseen_since timestamp with time zone
);


--
-- Name: mail_access_token; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mail_access_token (
    id integer NOT NULL,
    sign_in_id integer NOT NULL,
    scope text NOT NULL,
    sealed_token text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);


--
-- Name: mail_access_token_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.mail_access_token_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: mail_access_token_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.mail_access_token_id_seq OWNED BY public.mail_access_token.id;


--
-- Name: mail_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.mail_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: mail_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.mail_id_seq OWNED BY public.mail.id;


--
-- Name: mail_sign_in; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mail_sign_in (
    id integer NOT NULL,
    account_id integer NOT NULL,
    provider text NOT NULL,
    scope text NOT NULL,
    authorize_url text NOT NULL,
    token_url text NOT NULL,
    client_id text NOT NULL,
    sealed_client_secret text,
    urls_by_owner boolean NOT NULL,
    sealed_refresh_token text,
    address text NOT NULL,
    signed_in_at timestamp with time zone,
    trouble text NOT NULL,
    renewing_until timestamp with time zone,
    version integer NOT NULL
);


--
-- Name: mail_sign_in_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.mail_sign_in_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: mail_sign_in_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.mail_sign_in_id_seq OWNED BY public.mail_sign_in.id;


--
-- Name: owner; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.owner (
    id integer NOT NULL,
    admin_token_hash text NOT NULL,
    default_event_id integer NOT NULL,
    sealed_address_key text,
    sealed_message_key text,
    held_at timestamp with time zone,
    sealed_place_key text,
    told_of json
);


--
-- Name: owner_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.owner_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: owner_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.owner_id_seq OWNED BY public.owner.id;


--
-- Name: picture; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.picture (
    sha256 character varying(64) NOT NULL,
    content bytea NOT NULL,
    media_type text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    dpi double precision
);


--
-- Name: rehearsal_mail; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rehearsal_mail (
    id integer NOT NULL,
    event_id integer,
    received_at timestamp with time zone NOT NULL,
    recipient text NOT NULL,
    subject text NOT NULL,
    content bytea NOT NULL,
    is_sealed boolean DEFAULT false NOT NULL
);


--
-- Name: rehearsal_mail_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.rehearsal_mail_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: rehearsal_mail_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.rehearsal_mail_id_seq OWNED BY public.rehearsal_mail.id;


--
-- Name: schema_floor; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_floor (
    revision text NOT NULL
);


--
-- Name: search_backlog; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.search_backlog (
    last_id integer NOT NULL
);


--
-- Name: sending_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sending_account (
    id integer NOT NULL,
    username text NOT NULL,
    sealed_password text,
    password_shown boolean NOT NULL,
    proof text,
    signed_in boolean NOT NULL,
    host text NOT NULL,
    port integer NOT NULL,
    host_by_owner boolean NOT NULL,
    security character varying(32) NOT NULL,
    skip_auth boolean NOT NULL,
    min_second double precision NOT NULL,
    max_second double precision NOT NULL,
    per_minute integer,
    per_hour integer,
    per_day integer,
    connections integer,
    next_at timestamp with time zone,
    paused_until timestamp with time zone,
    needs_fixing boolean NOT NULL,
    pauses_in_a_row integer NOT NULL,
    trouble_code integer,
    trouble_text text NOT NULL,
    bad_counted_from timestamp with time zone,
    transport text DEFAULT 'smtp'::text NOT NULL,
    by_token boolean DEFAULT false NOT NULL
);


--
-- Name: sending_account_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.sending_account_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: sending_account_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.sending_account_id_seq OWNED BY public.sending_account.id;


--
-- Name: status_list; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.status_list (
    id integer NOT NULL,
    public_id text NOT NULL,
    issuer_id integer NOT NULL,
    event_id integer NOT NULL,
    did text NOT NULL,
    address text NOT NULL,
    used integer NOT NULL,
    bits bytea,
    version integer NOT NULL
);


--
-- Name: status_list_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.status_list_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: status_list_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.status_list_id_seq OWNED BY public.status_list.id;


--
-- Name: suppressed_address; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.suppressed_address (
    account_id integer NOT NULL,
    address_hash character varying(64) NOT NULL,
    reason text NOT NULL,
    since timestamp with time zone NOT NULL
);


--
-- Name: unread_value; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.unread_value (
    column_id integer NOT NULL,
    volunteer_id integer NOT NULL
);


--
-- Name: vector_page; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.vector_page (
    sha256 character varying(64) NOT NULL,
    content bytea NOT NULL,
    media_type text NOT NULL
);


--
-- Name: volunteer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.volunteer (
    id integer NOT NULL,
    event_id integer NOT NULL,
    token text,
    given_name text CONSTRAINT volunteer_name_not_null NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    number text NOT NULL,
    status smallint NOT NULL,
    columns json NOT NULL,
    problem character varying(32),
    problem_text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    listed_name text DEFAULT ''::text NOT NULL,
    reopened_at timestamp with time zone,
    reminders_ended_at timestamp with time zone,
    erased_at timestamp with time zone,
    address_forgotten_at timestamp with time zone,
    secrets json,
    group_id integer,
    asked_at timestamp with time zone,
    suppressed_at timestamp with time zone,
    suppressed text,
    passed_on_at timestamp with time zone
);


--
-- Name: volunteer_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.volunteer_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: volunteer_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.volunteer_id_seq OWNED BY public.volunteer.id;


--
-- Name: volunteer_search; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.volunteer_search (
    volunteer_id integer NOT NULL,
    grams tsvector NOT NULL
);


--
-- Name: worker; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.worker (
    id character varying(64) NOT NULL,
    host text NOT NULL,
    process_id integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL
);


--
-- Name: access_key id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_key ALTER COLUMN id SET DEFAULT nextval('public.access_key_id_seq'::regclass);


--
-- Name: achievement id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.achievement ALTER COLUMN id SET DEFAULT nextval('public.achievement_id_seq'::regclass);


--
-- Name: attempt id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attempt ALTER COLUMN id SET DEFAULT nextval('public.attempt_id_seq'::regclass);


--
-- Name: audit_entry id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_entry ALTER COLUMN id SET DEFAULT nextval('public.audit_entry_id_seq'::regclass);


--
-- Name: bounce_mailbox id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bounce_mailbox ALTER COLUMN id SET DEFAULT nextval('public.bounce_mailbox_id_seq'::regclass);


--
-- Name: bounce_report id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bounce_report ALTER COLUMN id SET DEFAULT nextval('public.bounce_report_id_seq'::regclass);


--
-- Name: certificate id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate ALTER COLUMN id SET DEFAULT nextval('public.certificate_id_seq'::regclass);


--
-- Name: colleague_invitation id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.colleague_invitation ALTER COLUMN id SET DEFAULT nextval('public.colleague_invitation_id_seq'::regclass);


--
-- Name: console_session id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.console_session ALTER COLUMN id SET DEFAULT nextval('public.console_session_id_seq'::regclass);


--
-- Name: credential id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential ALTER COLUMN id SET DEFAULT nextval('public.credential_id_seq'::regclass);


--
-- Name: design id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design ALTER COLUMN id SET DEFAULT nextval('public.design_id_seq'::regclass);


--
-- Name: event id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event ALTER COLUMN id SET DEFAULT nextval('public.event_id_seq'::regclass);


--
-- Name: event_group id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_group ALTER COLUMN id SET DEFAULT nextval('public.event_group_id_seq'::regclass);


--
-- Name: issuer id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer ALTER COLUMN id SET DEFAULT nextval('public.issuer_id_seq'::regclass);


--
-- Name: issuer_key id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer_key ALTER COLUMN id SET DEFAULT nextval('public.issuer_key_id_seq'::regclass);


--
-- Name: list_change id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_change ALTER COLUMN id SET DEFAULT nextval('public.list_change_id_seq'::regclass);


--
-- Name: list_column id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_column ALTER COLUMN id SET DEFAULT nextval('public.list_column_id_seq'::regclass);


--
-- Name: list_import id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_import ALTER COLUMN id SET DEFAULT nextval('public.list_import_id_seq'::regclass);


--
-- Name: mail id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail ALTER COLUMN id SET DEFAULT nextval('public.mail_id_seq'::regclass);


--
-- Name: mail_access_token id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_access_token ALTER COLUMN id SET DEFAULT nextval('public.mail_access_token_id_seq'::regclass);


--
-- Name: mail_sign_in id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_sign_in ALTER COLUMN id SET DEFAULT nextval('public.mail_sign_in_id_seq'::regclass);


--
-- Name: owner id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.owner ALTER COLUMN id SET DEFAULT nextval('public.owner_id_seq'::regclass);


--
-- Name: rehearsal_mail id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rehearsal_mail ALTER COLUMN id SET DEFAULT nextval('public.rehearsal_mail_id_seq'::regclass);


--
-- Name: sending_account id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sending_account ALTER COLUMN id SET DEFAULT nextval('public.sending_account_id_seq'::regclass);


--
-- Name: status_list id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.status_list ALTER COLUMN id SET DEFAULT nextval('public.status_list_id_seq'::regclass);


--
-- Name: volunteer id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer ALTER COLUMN id SET DEFAULT nextval('public.volunteer_id_seq'::regclass);


--
-- Data for Name: access_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.access_key VALUES
	(1, 6, 'Mei', 'organizer', '1499f7badbeaa28ede5604c91a9644784abce134f795927e4a608923ceeec783', 'certs_17Ni…', '2026-12-01 21:44:53.471881+00', NULL, NULL, NULL, NULL, NULL, NULL),
	(2, 6, 'Bo', 'helper', '94beaf52dc9b9df85918e33ac22974c6c4462b796e91a083fbb1c4a411f4d3e1', 'certs_LKIt…', '2026-12-01 21:44:53.481581+00', NULL, NULL, NULL, NULL, NULL, NULL),
	(3, 6, 'Cy', 'viewer', '68a377c5529a2734d76e7e981b9a981fee068cf1a554e66aa4ee13b054802e53', 'certs_wvr6…', '2026-12-01 21:44:53.486065+00', NULL, NULL, NULL, NULL, NULL, NULL),
	(4, 6, 'Gone', 'organizer', 'a3332eec082cc55bb97ae80acb5611510261c1d6967106ca83aa3c0284fd033f', 'certs_UQGi…', '2026-12-01 21:44:53.491242+00', NULL, NULL, NULL, '2026-12-01 21:44:53.513023+00', NULL, NULL),
	(5, 6, 'Dee', 'organizer', '99b71b895b69ee2647f64a4a41e6466e3bf3ad889fbc67bacd0806510845dab5', 'certs_WtGn…', '2026-12-01 21:44:53.624024+00', 1, NULL, NULL, NULL, 'https://login.harbour.example', '4711');


--
-- Data for Name: achievement; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.achievement VALUES
	(1, '-dvN1vuc2ERf3SZCvNC7LA', 11, '6fc2a66668ba5cd5eb5a1153b9fc465effc6c101c12cfb944bb0443196e9473e', 'https://thanks.example.org:8443/certs/achievements/-dvN1vuc2ERf3SZCvNC7LA.json', '{"id": "https://thanks.example.org:8443/certs/achievements/-dvN1vuc2ERf3SZCvNC7LA.json", "type": ["Achievement"], "achievementType": "CommunityService", "name": "River Clean-up", "description": "Volunteered: River Clean-up.", "criteria": {"narrative": "Volunteered: River Clean-up. Organization, as stated by the organizer: Harbour Friends."}, "image": {"id": "https://thanks.example.org:8443/certs/achievements/-dvN1vuc2ERf3SZCvNC7LA.jpg", "type": "Image"}, "resultDescription": [{"id": "https://thanks.example.org:8443/certs/achievements/-dvN1vuc2ERf3SZCvNC7LA.json#1", "type": ["ResultDescription"], "name": "Hours", "resultType": "ext:Hours"}]}');


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES
	('0073');


--
-- Data for Name: attempt; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.attempt VALUES
	(1, 1, '', 1, '2026-12-01 21:44:33.959135+00', '2026-12-01 21:44:34.018806+00', NULL, 'content', 250, 'kept in the rehearsal mailbox', 'sent', 'an@example.org'),
	(2, 2, '', 1, '2026-12-01 21:44:33.979113+00', '2026-12-01 21:44:34.035098+00', NULL, 'content', 250, 'kept in the rehearsal mailbox', 'sent', 'bo@example.org'),
	(29, 29, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:45.28855+00', '2026-12-01 21:44:45.314011+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'hal@lantern.example'),
	(3, 3, '', 1, '2026-12-01 21:44:35.005404+00', '2026-12-01 21:44:35.033207+00', 25.87116699987746, 'content', 250, 'kept in the rehearsal mailbox', 'sent', 'bo@example.org'),
	(4, 4, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:35.260173+00', '2026-12-01 21:44:35.268532+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'ana@example.org'),
	(5, 5, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:35.407068+00', '2026-12-01 21:44:35.433522+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'bo@example.org'),
	(8, 8, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:35.508323+00', '2026-12-01 21:44:35.601205+00', NULL, 'rcpt', 550, '5.1.1 User unknown', 'bad', 'refused@example.org'),
	(9, 9, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:35.508323+00', '2026-12-01 21:44:35.601205+00', NULL, 'rcpt', 451, '4.7.1 Greylisted, try again later', 'retry', 'grey@example.org'),
	(6, 6, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:35.677929+00', '2026-12-01 21:44:35.70408+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'cy@example.org'),
	(7, 7, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:35.573496+00', '2026-12-01 21:44:35.70408+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'dee@example.org'),
	(10, 10, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:35.714098+00', '2026-12-01 21:44:35.742424+00', NULL, 'content', NULL, 'Connection unexpectedly closed', 'unsure', 'lost@example.org'),
	(11, 11, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:35.733153+00', '2026-12-01 21:44:35.783143+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'quiet@example.org'),
	(12, 12, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:36.673087+00', '2026-12-01 21:44:36.68153+00', 14.28286600003048, 'content', 250, '2.0.0 ok', 'sent', 'ana@example.org'),
	(19, 19, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:42.563309+00', '2026-12-01 21:44:42.580769+00', 89.2773620000753, 'content', 250, '2.0.0 ok', 'sent', 'ana@lantern.example'),
	(13, 13, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:37.695984+00', '2026-12-01 21:44:37.717822+00', 23.711675999948056, 'content', 250, '2.0.0 ok', 'sent', 'bo@example.org'),
	(14, 14, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:38.676715+00', '2026-12-01 21:44:38.688181+00', 17.630058000122517, 'content', 250, '2.0.0 ok', 'sent', 'cy@example.org'),
	(15, 15, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:39.648369+00', '2026-12-01 21:44:39.652915+00', 12.989923999839448, 'content', 250, '2.0.0 ok', 'sent', 'cy@example.org'),
	(16, 16, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:40.926349+00', '2026-12-01 21:44:40.936282+00', 23.888268000064272, 'content', 250, '2.0.0 ok', 'sent', 'dee@example.org'),
	(17, 17, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:41.315945+00', '2026-12-01 21:44:41.3294+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'eva@example.org'),
	(18, 18, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:41.439971+00', '2026-12-01 21:44:41.445927+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'fin@example.org'),
	(20, 20, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:42.71907+00', '2026-12-01 21:44:42.724083+00', 34.46385300003385, 'content', 250, '2.0.0 ok', 'sent', 'bo@lantern.example'),
	(27, 27, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:45.333154+00', '2026-12-01 21:44:45.347906+00', 21.964477999972587, 'content', 250, '2.0.0 ok', 'sent', 'di@lantern.example'),
	(21, 21, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:44.691254+00', '2026-12-01 21:44:44.745666+00', 26.291141000001517, 'content', 250, '2.0.0 ok', 'sent', 'cy@lantern.example'),
	(22, 22, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:44.753195+00', '2026-12-01 21:44:44.787912+00', 28.65743899997142, 'content', 250, '2.0.0 ok', 'sent', 'di@lantern.example'),
	(25, 25, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:44.764281+00', '2026-12-01 21:44:44.787912+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'gil@lantern.example'),
	(24, 24, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:44.764281+00', '2026-12-01 21:44:44.807266+00', 29.293966000068394, 'content', 250, '2.0.0 ok', 'sent', 'flo@lantern.example'),
	(26, 26, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:44.799042+00', '2026-12-01 21:44:44.818423+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'hal@lantern.example'),
	(28, 28, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:45.279349+00', '2026-12-01 21:44:45.298838+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'gil@lantern.example'),
	(30, 30, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:45.623389+00', '2026-12-01 21:44:45.630667+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'hal@lantern.example'),
	(31, 31, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:45.635635+00', '2026-12-01 21:44:45.65025+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'hal@lantern.example'),
	(23, 23, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:44.764281+00', '2026-12-01 21:44:44.818423+00', 94.6692190000249, 'content', 250, '', 'sent', ''),
	(32, 32, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:46.191932+00', '2026-12-01 21:44:46.2019+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'me@lantern.example'),
	(33, 33, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:46.585932+00', '2026-12-01 21:44:46.593884+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'li@lantern.example'),
	(34, 34, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:48.723263+00', '2026-12-01 21:44:48.729085+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'wu@lantern.example'),
	(35, 35, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:49.710692+00', '2026-12-01 21:44:49.715801+00', 23.58942399996522, 'content', 250, '2.0.0 ok', 'sent', 'li@lantern.example'),
	(39, 39, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:54.287675+00', '2026-12-01 21:44:54.296798+00', 29.92585600009079, 'content', 250, '2.0.0 ok', 'sent', 'ida@signed.example'),
	(36, 36, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:49.940041+00', '2026-12-01 21:44:49.946146+00', NULL, 'content', 250, '', 'sent', ''),
	(37, 37, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:53.098873+00', '2026-12-01 21:44:53.112658+00', 20.035870999890903, 'content', 250, '', 'sent', ''),
	(38, 38, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:54.190568+00', '2026-12-01 21:44:54.203863+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'fay@lantern.example'),
	(40, 40, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:56.212729+00', '2026-12-01 21:44:56.224894+00', 19.722124000054464, 'content', 250, '2.0.0 ok', 'sent', 'jo@signed.example'),
	(41, 42, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:44:58.226338+00', '2026-12-01 21:44:58.257996+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'old0@example.org'),
	(42, 43, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:45:01.299616+00', '2026-12-01 21:45:01.313761+00', 16.338702999973975, 'content', 250, '2.0.0 ok', 'sent', 'old0@example.org'),
	(43, 44, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:45:01.60946+00', '2026-12-01 21:45:01.629145+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'old1@example.org'),
	(46, 56, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:45:05.161627+00', NULL, NULL, '', NULL, '', '', 'me@example.org'),
	(44, 45, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:45:03.156024+00', '2026-12-01 21:45:03.167391+00', 34.148193999953946, 'content', 250, '2.0.0 ok', 'sent', 'old1@example.org'),
	(45, 46, 'thanks@example.org@127.0.0.1:41575', 1, '2026-12-01 21:45:04.09219+00', '2026-12-01 21:45:04.205393+00', 35.07903700005954, 'rcpt', 451, '4.7.1 Greylisted, try again later', 'retry', 'grey@example.org');


--
-- Data for Name: audit_entry; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_entry VALUES
	(1, '2026-12-01 21:44:33.296068+00', 1, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(2, '2026-12-01 21:44:33.396002+00', 1, 'design_changed', NULL, 'owner', '', 'testclient', NULL, NULL, NULL, '["early_positions"]'),
	(4, '2026-12-01 21:44:33.450615+00', 1, 'account_changed', NULL, 'owner', '', 'testclient', NULL, NULL, NULL, '["password"]'),
	(5, '2026-12-01 21:44:33.45798+00', 2, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(6, '2026-12-01 21:44:33.468077+00', 2, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(7, '2026-12-01 21:44:35.053727+00', 3, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(8, '2026-12-01 21:44:35.057456+00', 3, 'organization_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["organization", "website"]'),
	(9, '2026-12-01 21:44:35.067971+00', 3, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(10, '2026-12-01 21:44:35.077871+00', 3, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address", "password"]'),
	(11, '2026-12-01 21:44:35.08573+00', 3, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(12, '2026-12-01 21:44:39.978388+00', 3, 'file_uploaded', NULL, NULL, '', '', NULL, NULL, NULL, '["font"]'),
	(13, '2026-12-01 21:44:39.991085+00', 3, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["layout"]'),
	(14, '2026-12-01 21:44:40.96561+00', 4, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(15, '2026-12-01 21:44:40.970074+00', 4, 'organization_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["organization", "website"]'),
	(16, '2026-12-01 21:44:40.981063+00', 4, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(17, '2026-12-01 21:44:41.001819+00', 4, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address", "password"]'),
	(18, '2026-12-01 21:44:41.01819+00', 4, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(19, '2026-12-01 21:44:41.518353+00', 5, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(20, '2026-12-01 21:44:41.524046+00', 5, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address"]'),
	(21, '2026-12-01 21:44:41.529232+00', 5, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(22, '2026-12-01 21:44:41.54692+00', 6, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(23, '2026-12-01 21:44:41.554492+00', 6, 'organization_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["organization", "website"]'),
	(24, '2026-12-01 21:44:41.56905+00', 6, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(25, '2026-12-01 21:44:41.588714+00', 6, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address", "password"]'),
	(26, '2026-12-01 21:44:41.601192+00', 6, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(27, '2026-12-01 21:44:41.621477+00', 6, 'settings_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["naming"]'),
	(28, '2026-12-01 21:44:41.652579+00', 6, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(29, '2026-12-01 21:44:41.667031+00', 6, 'privacy_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["responsible_organization", "privacy_contact", "privacy_texts"]'),
	(30, '2026-12-01 21:44:41.676889+00', 6, 'retention_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["retention_days"]'),
	(31, '2026-12-01 21:44:41.690821+00', 6, 'list_added', NULL, NULL, '', '', NULL, NULL, 8, '[]'),
	(32, '2026-12-01 21:44:41.772155+00', 6, 'columns_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["is_in_full"]'),
	(33, '2026-12-01 21:44:41.788192+00', 6, 'columns_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["is_public"]'),
	(34, '2026-12-01 21:44:41.806784+00', 6, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["layout"]'),
	(35, '2026-12-01 21:44:41.852621+00', 6, 'group_added', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(36, '2026-12-01 21:44:41.86055+00', 6, 'group_added', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(37, '2026-12-01 21:44:41.872021+00', 6, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["group"]'),
	(38, '2026-12-01 21:44:41.957844+00', 6, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template", "group"]'),
	(39, '2026-12-01 21:44:41.977026+00', 6, 'texts_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["certificate", "group"]'),
	(40, '2026-12-01 21:44:42.069346+00', 6, 'queued', NULL, NULL, '', '', NULL, NULL, 6, '["certificate"]'),
	(41, '2026-12-01 21:44:42.214496+00', 6, 'queued', NULL, NULL, '', '', NULL, NULL, 2, '["invitation"]'),
	(42, '2026-12-01 21:44:44.875313+00', 6, 'certificates_withdrawn', NULL, NULL, '', '', 15, NULL, NULL, '[]'),
	(43, '2026-12-01 21:44:44.905168+00', 6, 'certificates_withdrawn', NULL, NULL, '', '', 14, NULL, NULL, '[]'),
	(44, '2026-12-01 21:44:44.948443+00', 6, 'withdrawals_undone', NULL, NULL, '', '', 14, NULL, NULL, '[]'),
	(45, '2026-12-01 21:44:45.010441+00', 6, 'certificates_issued_anew', NULL, NULL, '', '', 16, NULL, NULL, '[]'),
	(46, '2026-12-01 21:44:45.916874+00', 6, 'erased', NULL, NULL, '', '', 17, NULL, NULL, '[]'),
	(47, '2026-12-01 21:44:45.932685+00', 6, 'test_mail_sent', NULL, NULL, '', '', NULL, NULL, NULL, '["certificate"]'),
	(48, '2026-12-01 21:44:46.249237+00', 7, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(49, '2026-12-01 21:44:46.25348+00', 7, 'organization_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["organization", "website"]'),
	(50, '2026-12-01 21:44:46.265529+00', 7, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(51, '2026-12-01 21:44:46.281937+00', 7, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address", "password"]'),
	(52, '2026-12-01 21:44:46.292765+00', 7, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(53, '2026-12-01 21:44:46.305909+00', 7, 'settings_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["language"]'),
	(54, '2026-12-01 21:44:46.309813+00', 7, 'settings_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["naming", "names_until", "issue_at"]'),
	(55, '2026-12-01 21:44:46.318049+00', 7, 'list_added', NULL, NULL, '', '', NULL, NULL, 2, '[]'),
	(56, '2026-12-01 21:44:46.376463+00', 7, 'queued', NULL, NULL, '', '', NULL, NULL, 2, '["invitation"]'),
	(57, '2026-12-01 21:44:49.754681+00', 8, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(58, '2026-12-01 21:44:49.75827+00', 8, 'organization_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["organization", "website"]'),
	(59, '2026-12-01 21:44:49.764445+00', 8, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(60, '2026-12-01 21:44:49.773938+00', 8, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address", "password"]'),
	(61, '2026-12-01 21:44:49.781023+00', 8, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(62, '2026-12-01 21:44:53.170981+00', 8, 'retention_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["retention_days"]'),
	(63, '2026-12-01 21:44:53.192241+00', 8, 'retention_done', NULL, NULL, '', '', NULL, NULL, 1, '[]'),
	(64, '2026-12-01 21:44:53.286827+00', 9, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(65, '2026-12-01 21:44:53.311694+00', 9, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["account"]'),
	(66, '2026-12-01 21:44:53.313723+00', 6, 'event_copied', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(67, '2026-12-01 21:44:53.313726+00', 9, 'event_archived', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(68, '2026-12-01 21:44:53.317747+00', 10, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(69, '2026-12-01 21:44:53.335179+00', 10, 'event_deleted', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(70, '2026-12-01 21:44:53.475523+00', 6, 'key_created', NULL, NULL, '', '', NULL, 1, NULL, '["organizer"]'),
	(71, '2026-12-01 21:44:53.482342+00', 6, 'key_created', NULL, NULL, '', '', NULL, 2, NULL, '["helper"]'),
	(72, '2026-12-01 21:44:53.486875+00', 6, 'key_created', NULL, NULL, '', '', NULL, 3, NULL, '["viewer"]'),
	(73, '2026-12-01 21:44:53.49216+00', 6, 'key_created', NULL, NULL, '', '', NULL, 4, NULL, '["organizer"]'),
	(74, '2026-12-01 21:44:53.519312+00', 6, 'key_revoked', NULL, NULL, '', '', NULL, 4, NULL, '[]'),
	(75, '2026-12-01 21:44:53.544339+00', 6, 'invitation_made', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["helper"]'),
	(76, '2026-12-01 21:44:53.560569+00', 6, 'invitation_made', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["helper"]'),
	(77, '2026-12-01 21:44:53.575967+00', 6, 'invitation_made', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["organizer"]'),
	(78, '2026-12-01 21:44:53.587233+00', 6, 'invitation_made', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["viewer"]'),
	(79, '2026-12-01 21:44:53.611859+00', 6, 'invitation_withdrawn', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["helper"]'),
	(80, '2026-12-01 21:44:53.635977+00', 6, 'invitation_taken', 5, 'organizer', 'Dee', '192.0.2.7', NULL, 5, NULL, '[]'),
	(81, '2026-12-01 21:44:53.635983+00', 6, 'identity_bound', 5, 'organizer', 'Dee', '192.0.2.7', NULL, 5, NULL, '[]'),
	(92, '2026-12-01 21:44:53.716789+00', 6, 'signed_in', 5, 'organizer', 'Dee', '192.0.2.7', NULL, NULL, NULL, '[]'),
	(102, '2026-12-01 21:44:53.850776+00', 11, 'list_added', NULL, NULL, '', '', NULL, NULL, 2, '[]'),
	(107, '2026-12-01 21:44:56.587274+00', NULL, 'issuer_key_changed', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(109, '2026-12-01 21:44:56.636546+00', 11, 'list_added', NULL, NULL, '', '', NULL, NULL, 1, '[]'),
	(112, '2026-12-01 21:44:57.062291+00', 11, 'taken_back', NULL, NULL, '', '', NULL, NULL, 1, '["certificate"]'),
	(113, '2026-12-01 21:44:57.283098+00', 12, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(124, '2026-12-01 21:45:05.219046+00', 13, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(128, '2026-12-01 21:45:05.317973+00', 13, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(131, '2026-12-01 21:45:05.391662+00', 14, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["transport", "username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "per_minute", "per_hour", "per_day", "connections", "from_address", "sign_in"]'),
	(135, '2026-12-01 21:45:05.481462+00', 14, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(82, '2026-12-01 21:44:53.642774+00', 6, 'organization_changed', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["website"]'),
	(83, '2026-12-01 21:44:53.654162+00', 6, 'account_changed', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["returned_mail"]'),
	(84, '2026-12-01 21:44:53.661231+00', 3, 'account_changed', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["returned_mail", "by_another_event"]'),
	(85, '2026-12-01 21:44:53.661443+00', 4, 'account_changed', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["returned_mail", "by_another_event"]'),
	(86, '2026-12-01 21:44:53.661444+00', 7, 'account_changed', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["returned_mail", "by_another_event"]'),
	(87, '2026-12-01 21:44:53.661444+00', 8, 'account_changed', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["returned_mail", "by_another_event"]'),
	(88, '2026-12-01 21:44:53.661445+00', 9, 'account_changed', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '["returned_mail", "by_another_event"]'),
	(93, '2026-12-01 21:44:53.725022+00', 11, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(105, '2026-12-01 21:44:56.428183+00', NULL, 'issuer_key_changed', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(114, '2026-12-01 21:44:57.291906+00', 12, 'organization_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["organization", "website"]'),
	(115, '2026-12-01 21:44:57.306345+00', 12, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(116, '2026-12-01 21:44:57.353497+00', 12, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address", "password"]'),
	(117, '2026-12-01 21:44:57.38692+00', 12, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(126, '2026-12-01 21:45:05.269397+00', 13, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["sign_in"]'),
	(89, '2026-12-01 21:44:53.677817+00', 6, 'signed_in', 1, 'organizer', 'Mei', '192.0.2.7', NULL, NULL, NULL, '[]'),
	(94, '2026-12-01 21:44:53.729597+00', 11, 'organization_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["organization", "website"]'),
	(95, '2026-12-01 21:44:53.741873+00', 11, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(96, '2026-12-01 21:44:53.759303+00', 11, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address", "password"]'),
	(97, '2026-12-01 21:44:53.772727+00', 11, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(104, '2026-12-01 21:44:53.940491+00', 11, 'queued', NULL, NULL, '', '', NULL, NULL, 2, '["certificate"]'),
	(108, '2026-12-01 21:44:56.612724+00', 11, 'stopped', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(119, '2026-12-01 21:44:57.570239+00', 12, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["layout"]'),
	(121, '2026-12-01 21:45:04.262872+00', 3, 'stopped', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(123, '2026-12-01 21:45:05.155901+00', 3, 'resumed', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(133, '2026-12-01 21:45:05.453908+00', 14, 'mail_signed_in', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(90, '2026-12-01 21:44:53.691292+00', 6, 'signed_in', 2, 'helper', 'Bo', '192.0.2.7', NULL, NULL, NULL, '[]'),
	(98, '2026-12-01 21:44:53.789876+00', 11, 'settings_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["naming"]'),
	(99, '2026-12-01 21:44:53.807188+00', 11, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(100, '2026-12-01 21:44:53.824268+00', 11, 'settings_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["starts_on", "ends_on"]'),
	(101, '2026-12-01 21:44:53.833338+00', 11, 'page_published', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(103, '2026-12-01 21:44:53.91373+00', 11, 'columns_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["is_public"]'),
	(106, '2026-12-01 21:44:56.56032+00', 11, 'certificates_withdrawn', NULL, NULL, '', '', 25, NULL, NULL, '[]'),
	(110, '2026-12-01 21:44:56.700761+00', 11, 'list_updated', NULL, NULL, '', '', NULL, NULL, 1, '[]'),
	(111, '2026-12-01 21:44:56.854776+00', 11, 'queued', NULL, NULL, '', '', NULL, NULL, 1, '["certificate"]'),
	(125, '2026-12-01 21:45:05.239019+00', 13, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["username", "signed_in", "host", "port", "host_by_owner", "security", "skip_auth", "min_second", "max_second", "from_address", "sign_in"]'),
	(129, '2026-12-01 21:45:05.337697+00', 13, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(132, '2026-12-01 21:45:05.41177+00', 14, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["sign_in"]'),
	(136, '2026-12-01 21:45:05.510063+00', 14, 'gone_live', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(91, '2026-12-01 21:44:53.701599+00', 6, 'signed_in', 3, 'viewer', 'Cy', '192.0.2.7', NULL, NULL, NULL, '[]'),
	(118, '2026-12-01 21:44:57.465973+00', 12, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["template"]'),
	(120, '2026-12-01 21:45:01.390985+00', 12, 'design_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["layout"]'),
	(122, '2026-12-01 21:45:04.406599+00', 3, 'test_mail_sent', NULL, NULL, '', '', NULL, NULL, NULL, '["invitation"]'),
	(127, '2026-12-01 21:45:05.30538+00', 13, 'mail_signed_in', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(130, '2026-12-01 21:45:05.386024+00', 14, 'event_created', NULL, NULL, '', '', NULL, NULL, NULL, '[]'),
	(134, '2026-12-01 21:45:05.459978+00', 14, 'account_changed', NULL, NULL, '', '', NULL, NULL, NULL, '["returned_mail"]');


--
-- Data for Name: bounce_mailbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.bounce_mailbox VALUES
	(1, 2, '127.0.0.1', 9, 'tls', 'thanks@lantern.example', 'siv:dK7caULe_tJchMfyB6guOkkDGTYlq_OksghrO-kVDArp2FtG_-75xeyoAAnWTs19UegCMzHzQlkuCXJs9-A=', true, 'INBOX', '', NULL, 0, '2026-12-01 21:44:53.651404+00', NULL, '', 'imap', NULL, 200, 193, NULL),
	(2, 11, '127.0.0.1', 443, 'tls', 'thanks@harbour.example', NULL, false, 'INBOX', '', NULL, 0, '2026-12-01 21:45:05.461012+00', NULL, '', 'graph', NULL, 200, 200, NULL);


--
-- Data for Name: bounce_report; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.bounce_report VALUES
	(1, 24, '6beabc0e3e203005985a145f792a701b36ae69497e067d7d4983d9e37af8c229', 'hard', 'flo@lantern.example', '550 5.1.1 User unknown', '2026-12-01 21:44:45.051582+00', 550, false);


--
-- Data for Name: certificate; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.certificate VALUES
	(1, 'hhfoBMM8q2imTZJ6mmCdXQ', 2, 2, 1, 1, '欧阳娜娜', '2026-000002', '2026-12-02', '{"\u5c97\u4f4d": ""}', 'zh', '2026-12-01 21:44:34.093632+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [134.0, 18.0, 286.0, 52.0], "lines": [{"x": 134.0, "y": 48.0, "runs": [{"text": "\u6b27\u9633\u5a1c\u5a1c", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 61.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000002", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [170.32, 3.0, 238.5, 15.0], "lines": [{"x": 170.32, "y": 13.0, "runs": [{"text": "2026\u5e7412\u67082\u65e5", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Rehearsal in May', '', NULL, false, NULL),
	(2, 'EcFZRAPHDjiUNE0rMZQdqQ', 3, 3, 2, 1, 'Ana María Núñez', 'HR-7', '2026-12-02', '{"task": "water"}', 'en', '2026-12-01 21:44:35.862224+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [53.20000000000002, 20.0, 366.18000000000006, 49.0], "lines": [{"x": 54.20000000000002, "y": 48.0, "runs": [{"text": "Ana Mar\u00eda N\u00fa\u00f1ez", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 25.09, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "HR-7", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Harbour Run 2026', 'Harbour Friends', NULL, true, NULL),
	(3, 'x-WNYgCMDAYpBs4GMZf3Mw', 3, 4, 2, 1, 'Maximiliane Alexandra von und zu Hohenstein-W.', '2026-000001', '2026-12-02', '{"task": "finish"}', 'en', '2026-12-01 21:44:36.730349+00', NULL, '{"rules": 3, "fields": {"name": {"size": 29.5, "ink": [27.86699999999999, 7.0, 391.808, 64.0], "lines": [{"x": 53.75325000000001, "y": 28.0, "runs": [{"text": "Maximiliane Alexandra", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}, {"x": 27.86699999999999, "y": 63.0, "runs": [{"text": "von und zu Hohenstein-W.", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 60.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000001", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Harbour Run 2026', 'Harbour Friends', NULL, true, NULL),
	(4, 'djPEdqu93k-UunKzr3OCkA', 3, 5, 2, 1, 'Cy Young', '2026-000002', '2026-12-02', '{}', 'en', '2026-12-01 21:44:37.764957+00', '2026-12-01 21:44:38.732281+00', '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [125.013, 20.0, 294.947, 55.0], "lines": [{"x": 125.013, "y": 48.0, "runs": [{"text": "Cy Young", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 61.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000002", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Harbour Run 2026', 'Harbour Friends', NULL, true, NULL),
	(5, 'rU_9l4whoa8l9TfOG91Ywg', 3, 5, 2, 2, '王小明 of the Harbour', '2026-000002', '2026-12-02', '{}', 'en', '2026-12-01 21:44:38.732281+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [13.673000000000002, 17.0, 405.987, 52.0], "lines": [{"x": 13.673000000000002, "y": 48.0, "runs": [{"text": "\u738b\u5c0f\u660e of the Harbour", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 61.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000002", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', true, false, NULL, '', '[]', NULL, '[]', NULL, 'Harbour Run 2026', 'Harbour Friends', NULL, true, NULL),
	(7, 'KOq0XQT150g5L5R2_iXj9A', 6, 13, 9, 1, 'Ana Silva', 'L-1', '2026-12-02', '{"role": "speaker", "hours": "12.5", "\u8eab\u4efd\u8bc1\u53f7": "110************234", "team": "Harbour"}', 'en', '2026-12-01 21:44:42.130335+00', NULL, '{"rules": 3, "fields": {"name": {"size": 223.0, "ink": [1.5, 101.0, 940.673, 274.0], "lines": [{"x": 1.5, "y": 271.0, "runs": [{"text": "Ana Silva", "face": "NotoSans-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 62.0, "ink": [1.5, 29.0, 523.8199999999999, 86.0], "lines": [{"x": 1.5, "y": 76.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 54.5, "ink": [1.5, 34.0, 82.3485, 73.0], "lines": [{"x": 1.5, "y": 73.0, "runs": [{"text": "L-1", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "thanks": {"size": 74.25, "ink": [1.5, 88.0, 2903.2562500000004, 164.0], "lines": [{"x": 1.5, "y": 146.0, "runs": [{"text": "for volunteering at Lantern Festival 2026, with thanks for the time and care given.", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "signature": {"size": 54.5, "ink": [1.5, 31.0, 438.4655, 74.0], "lines": [{"x": 1.5, "y": 73.0, "runs": [{"text": "Harbour Friends", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, true, NULL, '', '[]', '{"\u8eab\u4efd\u8bc1\u53f7": "siv:wfZ7DJPaJ7s7yR-nQJbgfZVg62uAHC0Mp4lNRkwxUNr2pkV6ovg6tBclBNVmDM2V5DA="}', '["hours"]', 1, 'Lantern Festival 2026', 'Harbour Friends', NULL, true, NULL),
	(14, 'D8BEHjSQreE0oMMHHP_siQ', 7, 21, 10, 1, '李晓虹', '2026-000001', '2026-12-02', '{"\u9879\u76ee\u540d\u79f0": "\u5f15\u5bfc"}', 'zh', '2026-12-01 21:44:48.791528+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [153.0, 17.0, 267.0, 52.0], "lines": [{"x": 153.0, "y": 48.0, "runs": [{"text": "\u674e\u6653\u8679", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 60.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000001", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [170.32, 3.0, 238.5, 15.0], "lines": [{"x": 170.32, "y": 13.0, "runs": [{"text": "2026\u5e7412\u67082\u65e5", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, '灯会', 'Harbour Friends', NULL, true, NULL),
	(12, 'c5vvzAAXbv-hlgxptwM2xQ', 6, 18, 7, 1, 'Flo Back', 'L-6', '2026-12-02', '{"role": "", "hours": "2", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', 'en', '2026-12-01 21:44:42.130335+00', NULL, '{"rules": 3, "fields": {"name": {"size": 79.25, "ink": [277.62825, 44.0, 596.95425, 103.0], "lines": [{"x": 277.62825, "y": 101.0, "runs": [{"text": "Flo Back", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 21.0, "ink": [1.5, 12.0, 33.093, 28.0], "lines": [{"x": 1.5, "y": 28.0, "runs": [{"text": "L-6", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 21.0, "ink": [321.44, 11.0, 498.5, 32.0], "lines": [{"x": 321.44, "y": 28.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, true, NULL, '', '[]', NULL, '["hours"]', NULL, 'Lantern Festival 2026', 'Harbour Friends', NULL, true, NULL),
	(9, 'szfvQJc-H0vj7J8NdYndsg', 6, 15, 7, 1, 'Cy Young', 'L-3', '2026-12-02', '{"role": "helper", "hours": "about 3", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', 'en', '2026-12-01 21:44:42.130335+00', NULL, '{"rules": 3, "fields": {"name": {"size": 79.25, "ink": [259.757375, 44.0, 614.277625, 115.0], "lines": [{"x": 259.757375, "y": 101.0, "runs": [{"text": "Cy Young", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 21.0, "ink": [1.5, 12.0, 33.093, 28.0], "lines": [{"x": 1.5, "y": 28.0, "runs": [{"text": "L-3", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 21.0, "ink": [321.44, 11.0, 498.5, 32.0], "lines": [{"x": 321.44, "y": 28.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, true, '2026-12-01 21:44:44.863319+00', 'He was not there.', '[]', NULL, '["hours"]', 2, 'Lantern Festival 2026', 'Harbour Friends', NULL, true, NULL),
	(8, 'h4fyKdMcd9pPdWMGNlEp5A', 6, 14, 7, 1, '王小明', 'L-2', '2026-12-02', '{"role": "Helper", "hours": "8", "\u8eab\u4efd\u8bc1\u53f7": "110************017", "team": "Old Town"}', 'en', '2026-12-01 21:44:42.130335+00', NULL, '{"rules": 3, "fields": {"name": {"size": 79.25, "ink": [318.125, 37.0, 555.625, 110.0], "lines": [{"x": 318.125, "y": 101.0, "runs": [{"text": "\u738b\u5c0f\u660e", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 21.0, "ink": [1.5, 12.0, 33.093, 28.0], "lines": [{"x": 1.5, "y": 28.0, "runs": [{"text": "L-2", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 21.0, "ink": [321.44, 11.0, 498.5, 32.0], "lines": [{"x": 321.44, "y": 28.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "card": {"size": 61.75, "ink": [141.85000000000002, 15.0, 858.1, 61.0], "lines": [{"x": 141.85000000000002, "y": 59.0, "runs": [{"text": "No. 110************017", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}}}', false, true, NULL, '', '[{"at": "2026-12-01T21:44:44.899157+00:00", "undone_at": "2026-12-01T21:44:44.928174+00:00", "reason": "A mistake of ours."}]', '{"\u8eab\u4efd\u8bc1\u53f7": "siv:0fO2Vs3NbIV9M7VDkmre__kUwQEN2st1VW4uwCgpsHj0IXxmmmTnW5kHbeAFwXmz4jM="}', '["hours"]', 2, 'Lantern Festival 2026', 'Harbour Friends', NULL, true, NULL),
	(10, 'naRWEPPJ-nTUVxfYAhElxw', 6, 16, 7, 1, 'Di Marsh', 'L-4', '2026-12-02', '{"role": "", "hours": "4", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', 'en', '2026-12-01 21:44:42.130335+00', '2026-12-01 21:44:44.991991+00', '{"rules": 3, "fields": {"name": {"size": 79.25, "ink": [266.65212499999996, 44.0, 607.748875, 103.0], "lines": [{"x": 266.65212499999996, "y": 101.0, "runs": [{"text": "Di Marsh", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 21.0, "ink": [1.5, 12.0, 33.093, 28.0], "lines": [{"x": 1.5, "y": 28.0, "runs": [{"text": "L-4", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 21.0, "ink": [321.44, 11.0, 498.5, 32.0], "lines": [{"x": 321.44, "y": 28.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, true, NULL, '', '[]', NULL, '["hours"]', NULL, 'Lantern Festival 2026', 'Harbour Friends', NULL, true, NULL),
	(13, '5SY19t9ZLo5htgoF-isoPg', 6, 16, 7, 2, 'Diana Marsh', 'L-4', '2026-12-02', '{"role": "", "hours": "4", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', 'en', '2026-12-01 21:44:44.991991+00', NULL, '{"rules": 3, "fields": {"name": {"size": 79.25, "ink": [197.783875, 44.0, 676.617125, 103.0], "lines": [{"x": 197.783875, "y": 101.0, "runs": [{"text": "Diana Marsh", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 21.0, "ink": [1.5, 12.0, 33.093, 28.0], "lines": [{"x": 1.5, "y": 28.0, "runs": [{"text": "L-4", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 21.0, "ink": [321.44, 11.0, 498.5, 32.0], "lines": [{"x": 321.44, "y": 28.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, true, NULL, '', '[]', NULL, '["hours"]', NULL, 'Lantern Festival 2026', 'Harbour Friends', NULL, true, NULL),
	(11, 'Nm75GlnXlfRpoRQybjlH0w', 6, 17, 7, 1, '', '', '2026-12-02', '{}', 'en', '2026-12-01 21:44:42.130335+00', NULL, '{"rules": 3, "fields": {}}', false, true, '2026-12-01 21:44:45.730775+00', '', '[]', NULL, '[]', NULL, 'Lantern Festival 2026', 'Harbour Friends', NULL, false, NULL),
	(21, 'lfMkUcDI26NZOuXPQVQH2g', 3, 8, 3, 1, 'Grey Ghost', '2026-000005', '2026-12-02', '{}', 'en', '2026-12-01 21:45:03.250114+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [44.206999999999994, 39.0, 316.113, 74.0], "lines": [{"x": 44.206999999999994, "y": 67.0, "runs": [{"text": "Grey Ghost", "face": "LXGWWenKai-Regular.ttf", "start": 0.0, "spacing": 0.2}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 61.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000005", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Harbour Run 2026', 'Harbour Friends', NULL, true, NULL),
	(15, 'lD2_9EWNkNu0dq4zWP0bhg', 8, 23, 11, 1, 'Old Olga', '2026-000001', '2026-12-02', '{}', 'en', '2026-12-01 21:44:50.073447+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [132.176, 20.0, 287.974, 55.0], "lines": [{"x": 132.176, "y": 48.0, "runs": [{"text": "Old Olga", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 60.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000001", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Old Fair', 'Harbour Friends', NULL, true, NULL),
	(18, 'amusDJHYCKr_Il2P_1BawQ', 11, 26, 15, 1, 'Kim Hills', 'S-3', '2026-12-02', '{}', 'en', '2026-12-01 21:44:56.97688+00', '2026-12-01 21:44:57.140839+00', '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [132.898, 21.0, 286.722, 49.0], "lines": [{"x": 132.898, "y": 48.0, "runs": [{"text": "Kim Hills", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 16.04, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "S-3", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, true, NULL, '', '[]', NULL, '[]', NULL, 'River Clean-up', 'Harbour Friends', '2026-12-01 21:44:57.140839+00', true, NULL),
	(19, 'xo4rMKtFCTEXKWWcF3iTkQ', 12, 27, 18, 1, '北京大学（志愿者协会）附属中学第三分会', '2026-000123', '2026-11-24', '{}', 'en', '2026-12-01 21:44:58.371995+00', NULL, '{"rules": 1, "fields": {"name": {"size": 23.5, "ink": [2.5, 30.0, 238.0, 81.0], "lines": [{"x": 14.25, "y": 50.0, "runs": [{"text": "\u5317\u4eac\u5927\u5b66\uff08\u5fd7\u613f\u8005\u534f", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}, {"x": 2.5, "y": 78.0, "runs": [{"text": "\u4f1a\uff09\u9644\u5c5e\u4e2d\u5b66\u7b2c\u4e09\u5206\u4f1a", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 14.0, "ink": [35.550000000000004, 11.0, 124.05000000000001, 22.0], "lines": [{"x": 35.550000000000004, "y": 21.0, "runs": [{"text": "2026-000123", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 14.0, "ink": [52.80200000000001, 6.804, 155.19799999999998, 22.195999999999998], "lines": [{"x": 52.998000000000005, "y": 20.0, "runs": [{"text": "2026\u5e7411\u670824\u65e5", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Spring {Run} 2025', 'Harbour Friends', NULL, true, NULL),
	(22, 'Wf2KzCh_N3OOv8ZI_xszFg', 3, 10, 3, 1, 'Quiet Quinn', '2026-000007', '2026-12-02', '{}', 'en', '2026-12-01 21:45:04.448633+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [35.125, 39.0, 324.531, 70.0], "lines": [{"x": 35.125, "y": 67.0, "runs": [{"text": "Quiet Quinn", "face": "LXGWWenKai-Regular.ttf", "start": 0.0, "spacing": 0.2}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 60.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000007", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Harbour Run 2026', 'Harbour Friends', NULL, true, NULL),
	(17, 'XYVtXgLaLU9e0dGJeB-www', 11, 25, 15, 1, 'Jo Fell', 'S-2', '2026-12-02', '{"Hours": "12"}', 'en', '2026-12-01 21:44:53.972047+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [151.95499999999998, 21.0, 268.051, 49.0], "lines": [{"x": 151.95499999999998, "y": 48.0, "runs": [{"text": "Jo Fell", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 16.04, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "S-2", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, true, '2026-12-01 21:44:56.526009+00', 'Counted twice.', '[]', NULL, '["Hours"]', NULL, 'River Clean-up', 'Harbour Friends', NULL, true, NULL),
	(16, 'WcxC5i2Dy0Qxmg8W8j69Og', 11, 24, 15, 1, 'Ida Moss', 'S-1', '2026-12-02', '{"Hours": "39"}', 'en', '2026-12-01 21:44:53.972047+00', NULL, '{"rules": 3, "fields": {"name": {"size": 38.0, "ink": [129.421, 20.0, 290.19899999999996, 49.0], "lines": [{"x": 129.421, "y": 48.0, "runs": [{"text": "Ida Moss", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 16.04, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "S-1", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [153.89999999999998, 5.0, 238.5, 16.0], "lines": [{"x": 153.89999999999998, "y": 13.0, "runs": [{"text": "December 2, 2026", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', false, true, NULL, '', '[]', NULL, '["Hours"]', NULL, 'River Clean-up', 'Harbour Friends', NULL, true, '2026-12-01 21:44:56.605048+00'),
	(20, 'uGxGXAnkiKTF7b9NsEs9WA', 12, 28, 19, 1, 'အောင်ဆန်းစုကြည်', '2026-000123', '2026-11-24', '{}', 'en', '2026-12-01 21:45:01.688814+00', NULL, '{"rules": 1, "fields": {"name": {"size": 42.75, "ink": [2.9477500000000134, 28.0, 496.75300000000004, 91.0], "lines": [{"x": 2.9477500000000134, "y": 71.0, "runs": [{"text": "\u1021\u1031", "face": "NotoSansMyanmar-Regular.ttf", "start": 0.0}, {"text": "\u102c", "face": "NotoSansMyanmar-Regular.ttf", "start": 1.986, "place": 2}, {"text": "\u1004\u103a", "face": "NotoSansMyanmar-Regular.ttf", "start": 3.335, "place": 3}, {"text": "\u1006", "face": "NotoSansMyanmar-Regular.ttf", "start": 4.285, "place": 5}, {"text": "\u1014\u103a", "face": "NotoSansMyanmar-Regular.ttf", "start": 5.712, "place": 6}, {"text": "\u1038", "face": "NotoSansMyanmar-Regular.ttf", "start": 6.582, "place": 8}, {"text": "\u1005\u102f", "face": "NotoSansMyanmar-Regular.ttf", "start": 7.822, "place": 9}, {"text": "\u1000\u103c", "face": "NotoSansMyanmar-Regular.ttf", "start": 8.796, "place": 11}, {"text": "\u100a\u103a", "face": "NotoSansMyanmar-Regular.ttf", "start": 10.449, "place": 13}]}]}, "number": {"size": 14.0, "ink": [35.550000000000004, 11.0, 124.05000000000001, 22.0], "lines": [{"x": 35.550000000000004, "y": 21.0, "runs": [{"text": "2026-000123", "face": "LXGWWenKai-Regular.ttf", "start": 0.0}]}]}, "date": {"size": 14.0, "ink": [52.80200000000001, 6.804, 155.19799999999998, 22.195999999999998], "lines": [{"x": 52.998000000000005, "y": 20.0, "runs": [{"text": "2026\u5e7411\u670824\u65e5", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Spring {Run} 2025', 'Harbour Friends', NULL, true, NULL),
	(6, 'oY-GHoPxRqGH-fYgxDvVgw', 3, 6, 3, 1, 'Dee ณัฐวุฒิ', '2026-000003', '2026-12-02', '{}', 'en', '2026-12-01 21:44:40.032461+00', NULL, '{"rules": 2, "fields": {"name": {"size": 38.0, "ink": [60.09100000000001, 37.0, 301.27700000000004, 77.0], "lines": [{"x": 60.09100000000001, "y": 67.0, "runs": [{"text": "Dee", "face": "e2e2dd79e79430d369b74cbf2a86bc110305217fdbd524b482ef86771700591f.font", "start": 0.0, "spacing": 0.2}, {"text": " \u0e13\u0e31\u0e10\u0e27\u0e38\u0e12\u0e34", "face": "NotoSansThai-Regular.ttf", "start": 2.4000000000000004, "place": 3, "spacing": 0.2}]}]}, "number": {"size": 10.0, "ink": [1.5, 5.0, 61.120000000000005, 13.0], "lines": [{"x": 1.5, "y": 13.0, "runs": [{"text": "2026-000003", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}, "date": {"size": 10.0, "ink": [145.44, 4.0, 238.5, 15.0], "lines": [{"x": 145.44, "y": 13.0, "runs": [{"text": "November 26, 2026", "face": "NotoSerifSC-Regular.otf", "start": 0.0}]}]}}}', false, false, NULL, '', '[]', NULL, '[]', NULL, 'Harbour Run 2026', 'Harbour Friends', NULL, true, NULL);


--
-- Data for Name: colleague_invitation; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.colleague_invitation VALUES
	(1, 6, 'Eve', 'helper', 'onb6mD1WJKDvtNq_asn3Yw', 'e72fecb8447cc40b49821f12ae754ad4b34aef7cfbfea2b6fc87fbe5aa1c1bd4', NULL, '2026-12-01 21:44:53.538224+00', 1, '2026-12-08 21:44:53.537512+00', NULL, NULL, NULL, NULL),
	(4, 6, 'Fay', 'viewer', 'lJEYPivKCAVzs6V_yzhg9A', '41eedc3da15deea1eb4b30c02618bfa82c3e9f5068c9b9f2bf3ce99fd5fa2da5', 38, '2026-12-01 21:44:53.584616+00', 1, '2026-12-08 21:44:53.58432+00', NULL, NULL, NULL, NULL),
	(2, 6, 'Nobody', 'helper', 'b9se7w-KBrcyBjtyjcJFUA', '0cfd9829eef6ae079aaee00c043d1c126c2f116f8f7506876d69ef717d84daeb', NULL, '2026-12-01 21:44:53.554546+00', 1, '2026-12-08 21:44:53.554201+00', NULL, '2026-12-01 21:44:53.608274+00', NULL, NULL),
	(3, 6, 'Dee', 'organizer', 'iUJgxzz-INAK-6sBDUMylA', '9dd52967e3a456715b88e2d5723e77db0d1ca8901ad2bd59ffd53dafe2a6bb87', NULL, '2026-12-01 21:44:53.57424+00', 1, '2026-12-08 21:44:53.573937+00', NULL, NULL, '2026-12-01 21:44:53.627819+00', 5);


--
-- Data for Name: console_draft; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: console_session; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.console_session VALUES
	(1, 'ad0d161fe4472a474d3dcf28050807ea835099a2466fc178ba8e72bee6efc224', '1499f7badbeaa28ede5604c91a9644784abce134f795927e4a608923ceeec783', NULL, NULL, '', '2026-12-01 21:44:53.6714+00', '2026-12-01 21:44:53.671403+00', '2026-12-31 21:44:53.670553+00', '2026-12-01 21:44:53.666914+00', 'Firefox · Windows', '192.0.2.7'),
	(2, 'bf4b6a6ac25e9cbc8bb507607d99b2a64b47e6a74982fd2c79d17cbfe483078e', '94beaf52dc9b9df85918e33ac22974c6c4462b796e91a083fbb1c4a411f4d3e1', NULL, NULL, '', '2026-12-01 21:44:53.688664+00', '2026-12-01 21:44:53.688666+00', '2026-12-31 21:44:53.688247+00', '2026-12-01 21:44:53.681994+00', 'Firefox · Windows', '192.0.2.7'),
	(3, 'd8e833387fddd6c4de133d6b81a167cba5c18565365e1c27c0b9ad3e617e6217', '68a377c5529a2734d76e7e981b9a981fee068cf1a554e66aa4ee13b054802e53', NULL, NULL, '', '2026-12-01 21:44:53.69832+00', '2026-12-01 21:44:53.698322+00', '2026-12-31 21:44:53.698024+00', '2026-12-01 21:44:53.696693+00', 'Firefox · Windows', '192.0.2.7'),
	(4, '7f8f42b8ff189070d7ac53bb0699ba0c9b47ca11a68dedd4b558359e33dd0c92', NULL, 'https://login.harbour.example', '4711', 'Dee', '2026-12-01 21:44:53.709695+00', '2026-12-01 21:44:53.709697+00', '2026-12-31 21:44:53.709303+00', NULL, 'Safari', '192.0.2.7');


--
-- Data for Name: credential; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.credential VALUES
	(1, 16, 1, 1, 48776, 1, 1, '\x789cb5556d6fa34610fe2b88533fd5181b8c63f8d4c48ecf6912e73de9253a550b8c611358c8ee82cd45feef370b0e76da544dd53bc9b2ad9d67de9e7976f645ff2dc8988495d4bd073d9632179e692e97cbeed2ee663c329930030e2130494922ccd2d23b2d2c2f78d2a5a98892cc27490d17390466e69ba59df7cc4d64c3eef6ba76f751644cffdad169a87b6d081913f624bab022699e800ae18d0603db0c804bcc069c2e2af32e588d1d6a4daadec52a8d4677a3c7a17b166121b2ca41d57dab7094f8098cdb5ad17c96033b2061b47baa0a10a200ae7b2f4d29210dbd25f8dedf4bf9c5de57c57875315ee386bf4c4892244452ec675bc339cf163401958091148ff47fe80d7d90b78f72a0af3b7a49121a4e7996a293d5b38646df327afd6babef0d069e63dfeb6dca4b8a9469e30408338a1ccf431001a7795daba74f88042d639a8c4153d191b4008f3c6d0201a43eba5a1d4d65e868b3acc05e35dbd562f50f436d657055f88f10c896c18233af289046c71a0e8683916f84ee20349c3dc731dc4500861beef981b3f0ede1c8dfa16c3f8829949062d4d790b53e54960555237a78d980f5a3fa5456670dee1526abebc65e1380d2242206ac698162852d6886c77510a29d660249c53c090d80099817aa71345e197d0c4002494bf4b892844bc557cb79dfb046d7bd9e577f7eed8df07b077fc8c2bfa2dd6bcbf61c173f2d9a832812b9d3d7837ed91c7d7d354ede4cec63f7846c8914a61196f37e5904d6e1e5c2beba1f97f3f1dec97e7dfd3ea90e514d85aab31dad226327423bd61f9bfbfdb9eb6f736f8639ced2b4606a0ac04b1cd387057e9b2505ee1c40a97ada5b6cb7963095b82a886a9111cef10e97f02f6eda198f08a3dfeafbded188d0f0fa4b0835bfaaef51d698817bda8c701f19d5a69c020b4557dd5d9a92087e06a5f97601ea477592f5bb127af829d3ac95f456c2bb59b74b70b6d91e4d659bf9e2a3e0cd36da5bafdfac16e4b610ff912f513b99e32138cbdbfe2afb723f7ffed3bdb4e25e14454db983d1dede704bd801954272caa226df0915f290495e21a209765ef03c130acaa1cc82d7652f5af8110b6185e6d7c05bcbce63f3e31a50c3cd79962d14359b2670df9023946d84aaaece6ba3a2b2ca65260a5aef220843410c1e2e0203d792d56c71a5de775f92a17a49ea3797361d9f828cb3fffb467e7a82ca6892e99b26b6ec1221d43bd4a6da006e373beadbd285cb8bdbc871aac7e27431759ef73f9707c7abd4e5fde79bbbd1f0261e4ee22771f379f934b860f1d3f4f7d3193bfe129d4487b0ba5a9ecef7e7d5f4f8dc7143fe98de8d27d3cafa633eabf4f5fa3bc32307d1', 'did:web:thanks.example.org%3A8443:certs:issuers:installation', 'https://thanks.example.org:8443/certs/verify/WcxC5i2Dy0Qxmg8W8j69Og', '["Hours"]', '2026-12-01 21:44:56.457548+00', NULL),
	(2, 17, 1, 1, 79830, 1, 1, '\x789cb5556d6fe23810fe2b9157f7e908210984904fdb5228edb26d55d86adb6a75729221b8cd5b6d279456fcf71b2710e85d4fd7d3ed4a0890e799b7671e8f5fc9e7204b253c4be2dd93a594b9f00c63b55ab557763be391910a23e010422a198d85515aa4d5c0f282c76d968828ce7c1a577091436064be51da79c7d846d6ed76a76db71f4496921f2dc242e23521e492a68fa20dcf34c96350213cb7dbb58d00b8c46cc0d9626d7cbfbd91dfa3299d7e1b40273c3d87631d2bc442e43a0755f78dc231eac7306c6a45f3650ee9310da3c3535580100570e2bdd6a5842cf456e07b7f2fe537fb4815e355c578b51bfea642d238a692613ffb1aae78b66031a804294df088fc436fe883bc7d9403b2699192c62c1cf32c4127ab6339ba69e91d736e995eb7ebf5ec3bd2a4bc664899368c81a67a91e3790822e02caf6af5c80995a065a92697a0a9e8485a80479e760201243eba5a2d4d65686993acc05e35d3d296ea1f86dacb6056f80f10c886c182a75e51208d76df76fc4160ea4edfb1f49eeb3bbaeffa810e41d7b52c27b05d700e283b0a960c4a4830ea2e64a50f9565c1d488ee5fb76072569dcaf5658ddbc1e47a5edb2b02509a542c016b5aa058610f9ae03182ce336d0c714c3698266601a4022e0ad537da66ba92360d242bd1612629978aae867253b7dc79a7e3559fdf3b2e7e1fe04769f857f4606ed95e6f809f06cd4114b13c68eb9e5cd7473f76c6933703fbd835a17b1e85a187e58559168135ba5ed8b3bb617931ec4f8faadbf7c92495980a5567335945c6418466aa3f37f7fb63276f736f6739cc92a448d514809738a60febfb268b0b5c39804af5b4b7d876a56026715350d5624a39c72b5cc2bfb869973ca2297ba9ae7b4ba342c3db2f21d4fc75758db2da0cdcd32694fbc8a836e60cd250b4d5d565098de057509a470da3e4ac4ab2795742f7bf649a9592de4af830eb7e074eb6cba3ae6c3b5f7c13bcc9567b9bcd9bcd82dc16e23ff2252a2763e8406f75633e67b777174f7f0caead65278aa2badcfec0b53b7bc28e991492b334aaf34d9990a354f23522ea605705cf33a1a01cca2cd8ed7ad1c0cfd2109ed1bc0bbcb71cbc353faf0135dc9c67d94251b36d02f70d3d43d946a8eaf555655454ae7399898255bb08c250509d878b40c7b564d54b5ca9f7dd87c4510f49f5e4b2bae3af2097d9ff7d223f3dc25aaf93916d137b76a910ea196a526d0137db1df5623b0b716181eb9ccc4f27ee743e3fb7ac7e72f23475c6478bdb47ab7c99070f91392dfa743c1f895e28ae4e451e4ec6fd6ece86d6ece9d1ec165f8b41b7972cdca7e3111f5d7d7909fa926c367f02688a05d6', 'did:web:thanks.example.org%3A8443:certs:issuers:installation', 'https://thanks.example.org:8443/certs/verify/XYVtXgLaLU9e0dGJeB-www', '["Hours"]', '2026-12-01 21:44:56.457548+00', '2026-12-01 21:44:56.553574+00');


--
-- Data for Name: crowded_name; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.crowded_name VALUES
	(17, 6, 0.40898862700228833),
	(15, 6, 0.4067154576659039),
	(16, 6, 0.3908941990846682),
	(18, 6, 0.36570748283752863),
	(13, 6, 0.32019347303332185),
	(14, 6, 0.2727803203661327),
	(26, 11, 100000000);


--
-- Data for Name: design; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.design VALUES
	(1, 2, 1, '3981f858aaf7d2afbde9138fec68c93db75b095b3d3699fd66dbf52435bd36e4', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:33.474221+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["Rehearsal in May"], "organization": [""]}', NULL, NULL),
	(2, 3, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:35.070256+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["Harbour Run 2026"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(4, 4, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:40.988819+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["Harbour Run 2027"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(5, 6, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:41.572858+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["Lantern Festival 2026"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(6, 6, 2, '8ad15053ddecee1de3b12d4143e041fac06cd680ba9c788ef77f82d9d4d6c73b', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:41.657317+00', 92, '{"rules": 3, "fields": {}}', '4914d7db828135498345258ea34721cb48ef40e08a2651dca6b0115a46daa9b7', 300, '{"event": ["Lantern Festival 2026"], "organization": ["Harbour Friends"]}', NULL, 1),
	(7, 6, 3, '8ad15053ddecee1de3b12d4143e041fac06cd680ba9c788ef77f82d9d4d6c73b', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "card", "kind": "column", "box": {"left": 0.1, "top": 0.7, "width": 0.8, "height": 0.08}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "\u8eab\u4efd\u8bc1\u53f7", "before": "No. ", "shown": true}]}', '2026-12-01 21:44:41.820538+00', 92, '{"rules": 3, "fields": {}}', '4914d7db828135498345258ea34721cb48ef40e08a2651dca6b0115a46daa9b7', 300, '{"event": ["Lantern Festival 2026"], "organization": ["Harbour Friends"]}', NULL, 2),
	(8, 6, 4, '8ad15053ddecee1de3b12d4143e041fac06cd680ba9c788ef77f82d9d4d6c73b', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "card", "kind": "column", "box": {"left": 0.1, "top": 0.7, "width": 0.8, "height": 0.08}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "\u8eab\u4efd\u8bc1\u53f7", "before": "No. ", "shown": true}]}', '2026-12-01 21:44:41.876646+00', 92, '{"rules": 3, "fields": {}}', '4914d7db828135498345258ea34721cb48ef40e08a2651dca6b0115a46daa9b7', 300, '{"event": ["Lantern Festival 2026"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(9, 6, 5, 'b11c8476e97d6ff1c3c86e43ae60d375d87ed6303e4252adce526574da968d31', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.09, "top": 0.385, "width": 0.8300000000000001, "height": 0.15}, "size": 0.09, "minimum_size": 0.0315, "color": "#222222", "face": "hei", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.09, "top": 0.768, "width": 0.26560000000000006, "height": 0.042}, "size": 0.025, "minimum_size": 0.011250000000000001, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.09, "top": 0.822, "width": 0.26560000000000006, "height": 0.042}, "size": 0.022, "minimum_size": 0.009899999999999999, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "title", "kind": "text", "box": {"left": 0.09, "top": 0.2, "width": 0.8300000000000001, "height": 0.105}, "size": 0.075, "minimum_size": 0.03375, "color": "#243b53", "face": "hei", "weight": 600, "align": "left", "vertical": "middle", "line_spacing": 1.1, "letter_spacing": 0.0, "rotation": 0, "content": "Certificate of Appreciation", "shown": true, "title": true}, {"id": "lead", "kind": "text", "box": {"left": 0.09, "top": 0.325, "width": 0.8300000000000001, "height": 0.045}, "size": 0.027, "minimum_size": 0.01215, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "This certificate is presented to", "shown": true}, {"id": "thanks", "kind": "text", "box": {"left": 0.09, "top": 0.565, "width": 0.8300000000000001, "height": 0.095}, "size": 0.03, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "for volunteering at {event}, with thanks for the time and care given.", "shown": true}, {"id": "signature", "kind": "text", "box": {"left": 0.3971, "top": 0.822, "width": 0.30710000000000004, "height": 0.042}, "size": 0.022, "minimum_size": 0.009899999999999999, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "{organization}", "shown": true}, {"id": "date-line", "kind": "rule", "box": {"left": 0.09, "top": 0.8154959677419354, "width": 0.24070000000000005, "height": 0.0010080645161290322}, "size": 0.07, "minimum_size": 0.03, "color": "#667687", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "date", "shown": true}, {"id": "signature-line", "kind": "rule", "box": {"left": 0.3971, "top": 0.8154959677419354, "width": 0.2822, "height": 0.0010080645161290322}, "size": 0.07, "minimum_size": 0.03, "color": "#667687", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "signature", "shown": true}, {"id": "qr", "kind": "qr", "box": {"left": 0.814709236031927, "top": 0.7153225806451613, "width": 0.10518814139110605, "height": 0.14879032258064517}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:41.961546+00', 92, '{"rules": 3, "fields": {"title": {"size": 186.0, "ink": [1.5, 56.26400000000001, 2280.176, 247.736], "lines": [{"x": 3.2359999999999998, "y": 201.0, "runs": [{"text": "Certificate of Appreciation", "face": "NotoSans-Regular.ttf", "start": 0.0}]}]}, "lead": {"size": 66.75, "ink": [1.5, 28.0, 955.57575, 97.0], "lines": [{"x": 1.5, "y": 81.0, "runs": [{"text": "This certificate is presented to", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', 'f71e1a84b2130d931c5d3acb936c067501b53df8d4b9742b1ad79f6d300f27dc', 300, '{"event": ["Lantern Festival 2026"], "organization": ["Harbour Friends"]}', '{"style": "minimal", "language": "en", "format": "landscape", "main": "", "accent": ""}', 4),
	(10, 7, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:46.272591+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["\u706f\u4f1a"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(11, 8, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:49.766722+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["Old Fair"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(12, 9, 1, '8ad15053ddecee1de3b12d4143e041fac06cd680ba9c788ef77f82d9d4d6c73b', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "card", "kind": "column", "box": {"left": 0.1, "top": 0.7, "width": 0.8, "height": 0.08}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "\u8eab\u4efd\u8bc1\u53f7", "before": "No. ", "shown": true}]}', '2026-12-01 21:44:53.299961+00', 92, '{"rules": 3, "fields": {}}', '4914d7db828135498345258ea34721cb48ef40e08a2651dca6b0115a46daa9b7', 300, '{"event": ["Lantern Festival 2026"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(13, 9, 2, 'b11c8476e97d6ff1c3c86e43ae60d375d87ed6303e4252adce526574da968d31', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.09, "top": 0.385, "width": 0.8300000000000001, "height": 0.15}, "size": 0.09, "minimum_size": 0.0315, "color": "#222222", "face": "hei", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.09, "top": 0.768, "width": 0.26560000000000006, "height": 0.042}, "size": 0.025, "minimum_size": 0.011250000000000001, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.09, "top": 0.822, "width": 0.26560000000000006, "height": 0.042}, "size": 0.022, "minimum_size": 0.009899999999999999, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "title", "kind": "text", "box": {"left": 0.09, "top": 0.2, "width": 0.8300000000000001, "height": 0.105}, "size": 0.075, "minimum_size": 0.03375, "color": "#243b53", "face": "hei", "weight": 600, "align": "left", "vertical": "middle", "line_spacing": 1.1, "letter_spacing": 0.0, "rotation": 0, "content": "Certificate of Appreciation", "shown": true, "title": true}, {"id": "lead", "kind": "text", "box": {"left": 0.09, "top": 0.325, "width": 0.8300000000000001, "height": 0.045}, "size": 0.027, "minimum_size": 0.01215, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "This certificate is presented to", "shown": true}, {"id": "thanks", "kind": "text", "box": {"left": 0.09, "top": 0.565, "width": 0.8300000000000001, "height": 0.095}, "size": 0.03, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "for volunteering at {event}, with thanks for the time and care given.", "shown": true}, {"id": "signature", "kind": "text", "box": {"left": 0.3971, "top": 0.822, "width": 0.30710000000000004, "height": 0.042}, "size": 0.022, "minimum_size": 0.009899999999999999, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "{organization}", "shown": true}, {"id": "date-line", "kind": "rule", "box": {"left": 0.09, "top": 0.8154959677419354, "width": 0.24070000000000005, "height": 0.0010080645161290322}, "size": 0.07, "minimum_size": 0.03, "color": "#667687", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "date", "shown": true}, {"id": "signature-line", "kind": "rule", "box": {"left": 0.3971, "top": 0.8154959677419354, "width": 0.2822, "height": 0.0010080645161290322}, "size": 0.07, "minimum_size": 0.03, "color": "#667687", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "signature", "shown": true}, {"id": "qr", "kind": "qr", "box": {"left": 0.814709236031927, "top": 0.7153225806451613, "width": 0.10518814139110605, "height": 0.14879032258064517}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:53.304306+00', 92, '{"rules": 3, "fields": {"title": {"size": 186.0, "ink": [1.5, 56.26400000000001, 2280.176, 247.736], "lines": [{"x": 3.2359999999999998, "y": 201.0, "runs": [{"text": "Certificate of Appreciation", "face": "NotoSans-Regular.ttf", "start": 0.0}]}]}, "lead": {"size": 66.75, "ink": [1.5, 28.0, 955.57575, 97.0], "lines": [{"x": 1.5, "y": 81.0, "runs": [{"text": "This certificate is presented to", "face": "NotoSerif-Regular.ttf", "start": 0.0}]}]}}}', 'f71e1a84b2130d931c5d3acb936c067501b53df8d4b9742b1ad79f6d300f27dc', 300, '{"event": ["Lantern Festival 2026"], "organization": ["Harbour Friends"]}', '{"style": "minimal", "language": "en", "format": "landscape", "main": "", "accent": ""}', NULL),
	(14, 11, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:53.748688+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["River Clean-up"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(15, 11, 2, '5aa4e30ab6ff5c681d35401417cbd252651b054d1ddfad068925d87a8d282b9d', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:53.810995+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["River Clean-up"], "organization": ["Harbour Friends"]}', NULL, 1),
	(16, 12, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:57.317171+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["Spring {Run} 2025"], "organization": ["Harbour Friends"]}', NULL, NULL),
	(17, 12, 2, '3981f858aaf7d2afbde9138fec68c93db75b095b3d3699fd66dbf52435bd36e4', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:57.477421+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["Spring {Run} 2025"], "organization": ["Harbour Friends"]}', NULL, 1),
	(19, 12, 4, '2fa7837132f7bc0c5229298e32c3d4f743594b95fca1ac7006cc031100fd5048', '{"version": 1, "fields": [{"id": "text", "kind": "text", "box": {"left": 0.2, "top": 0.02, "width": 0.6, "height": 0.16}, "size": 0.07, "minimum_size": 0.04, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.2, "rotation": 0, "content": "\u1021\u1031\u102c\u1004\u103a Thanks", "shown": true}, {"id": "name", "kind": "name", "box": {"left": 0.019230769230769232, "top": 0.2, "width": 0.9615384615384616, "height": 0.55}, "size": 0.25, "minimum_size": 0.06, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.3, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.01, "top": 0.1, "width": 0.06, "height": 0.8}, "size": 0.07, "minimum_size": 0.04, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 90, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.3, "top": 0.8, "width": 0.4, "height": 0.15}, "size": 0.07, "minimum_size": 0.04, "color": "#222222", "face": "song", "weight": 700, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:45:01.392972+00', 92, '{"rules": 1, "fields": {"text": {"size": 14.0, "ink": [94.44899999999998, 6.0, 217.411, 22.0], "lines": [{"x": 94.44899999999998, "y": 21.0, "runs": [{"text": "\u1021\u1031", "face": "NotoSansMyanmar-Regular.ttf", "start": 0.0}, {"text": "\u102c", "face": "NotoSansMyanmar-Regular.ttf", "start": 1.886, "place": 2}, {"text": "\u1004\u103a", "face": "NotoSansMyanmar-Regular.ttf", "start": 3.135, "place": 3}, {"text": " ", "face": "NotoSansMyanmar-Regular.ttf", "start": 3.985, "place": 5}, {"text": "T", "face": "LXGWWenKai-Regular.ttf", "start": 4.445, "place": 6}, {"text": "h", "face": "LXGWWenKai-Regular.ttf", "start": 5.222, "place": 7}, {"text": "a", "face": "LXGWWenKai-Regular.ttf", "start": 6.010000000000001, "place": 8}, {"text": "n", "face": "LXGWWenKai-Regular.ttf", "start": 6.785, "place": 9}, {"text": "k", "face": "LXGWWenKai-Regular.ttf", "start": 7.573, "place": 10}, {"text": "s", "face": "LXGWWenKai-Regular.ttf", "start": 8.283000000000001, "place": 11}]}]}}}', NULL, 51.3, '{"event": ["Spring {Run} 2025"], "organization": ["Harbour Friends"]}', NULL, 3),
	(3, 3, 2, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 1, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.2, "top": 0.35, "width": 0.6, "height": 0.25}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "e2e2dd79e79430d369b74cbf2a86bc110305217fdbd524b482ef86771700591f", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.2, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "qr", "kind": "qr", "box": {"left": 0.02, "top": 0.7, "width": 0.12, "height": 0.17}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "task", "kind": "column", "box": {"left": 0.2, "top": 0.65, "width": 0.6, "height": 0.08}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "task", "shown": true}, {"id": "thanks", "kind": "text", "box": {"left": 0.1, "top": 0.1, "width": 0.8, "height": 0.15}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.1, "rotation": 0, "content": "With thanks \u00b7 \u611f\u8c22\u60a8", "shown": true}]}', '2026-12-01 21:44:39.997582+00', 92, '{"rules": 2, "fields": {"thanks": {"size": 29.5, "ink": [74.47550000000001, 19.0, 406.0245, 46.0], "lines": [{"x": 74.47550000000001, "y": 43.0, "runs": [{"text": "With thanks \u00b7 \u611f\u8c22\u60a8", "face": "LXGWWenKai-Regular.ttf", "start": 0.0, "spacing": 0.1}]}]}}}', NULL, 51.3, '{"event": ["Harbour Run 2026"], "organization": ["Harbour Friends"]}', NULL, 1),
	(18, 12, 3, '2fa7837132f7bc0c5229298e32c3d4f743594b95fca1ac7006cc031100fd5048', '{"version": 1, "fields": [{"id": "text", "kind": "text", "box": {"left": 0.2, "top": 0.02, "width": 0.6, "height": 0.16}, "size": 0.07, "minimum_size": 0.04, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.2, "rotation": 0, "content": "\u1021\u1031\u102c\u1004\u103a Thanks", "shown": true}, {"id": "name", "kind": "name", "box": {"left": 0.2692307692307692, "top": 0.2, "width": 0.46153846153846156, "height": 0.55}, "size": 0.3, "minimum_size": 0.1, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.01, "top": 0.1, "width": 0.06, "height": 0.8}, "size": 0.07, "minimum_size": 0.04, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 90, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.3, "top": 0.8, "width": 0.4, "height": 0.15}, "size": 0.07, "minimum_size": 0.04, "color": "#222222", "face": "song", "weight": 700, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:44:57.573097+00', 92, '{"rules": 1, "fields": {"text": {"size": 14.0, "ink": [94.44899999999998, 6.0, 217.411, 22.0], "lines": [{"x": 94.44899999999998, "y": 21.0, "runs": [{"text": "\u1021\u1031", "face": "NotoSansMyanmar-Regular.ttf", "start": 0.0}, {"text": "\u102c", "face": "NotoSansMyanmar-Regular.ttf", "start": 1.886, "place": 2}, {"text": "\u1004\u103a", "face": "NotoSansMyanmar-Regular.ttf", "start": 3.135, "place": 3}, {"text": " ", "face": "NotoSansMyanmar-Regular.ttf", "start": 3.985, "place": 5}, {"text": "T", "face": "LXGWWenKai-Regular.ttf", "start": 4.445, "place": 6}, {"text": "h", "face": "LXGWWenKai-Regular.ttf", "start": 5.222, "place": 7}, {"text": "a", "face": "LXGWWenKai-Regular.ttf", "start": 6.010000000000001, "place": 8}, {"text": "n", "face": "LXGWWenKai-Regular.ttf", "start": 6.785, "place": 9}, {"text": "k", "face": "LXGWWenKai-Regular.ttf", "start": 7.573, "place": 10}, {"text": "s", "face": "LXGWWenKai-Regular.ttf", "start": 8.283000000000001, "place": 11}]}]}}}', NULL, 51.3, '{"event": ["Spring {Run} 2025"], "organization": ["Harbour Friends"]}', NULL, 2),
	(20, 13, 1, '3981f858aaf7d2afbde9138fec68c93db75b095b3d3699fd66dbf52435bd36e4', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:45:05.321082+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["By XOAUTH2"], "organization": [""]}', NULL, NULL),
	(21, 14, 1, '3981f858aaf7d2afbde9138fec68c93db75b095b3d3699fd66dbf52435bd36e4', '{"version": 3, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-12-01 21:45:05.489934+00', 92, '{"rules": 3, "fields": {}}', NULL, 51.3, '{"event": ["By Graph"], "organization": [""]}', NULL, NULL);


--
-- Data for Name: erased_address; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.erased_address VALUES
	(6, '68efeb50919a1d3e19c22ab07c9221e3279dd71819d34eaf13829109f7c8bf37', '2026-12-01 21:44:45.696531+00');


--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES
	(1, 'Volunteers', 'en', 'Asia/Shanghai', '', '', '', '5cd3c927ed48eab78b0be6f6b3cca98f59d53f1310dab47395737b8a54fe7289', NULL, '2026-######', 1, NULL, '{}', 'running', false, true, '{"name": [300.0, 120.0]}', '{"password": "siv:RGztYVE1rwGGpd2sPlnulLVBBskbCYe-2MXq4ZWo39lUfnktZG9LPUJ11DCPE7OC9o8GMoin4yBuDfrBg9w=", "by_owner": true}', '2026-12-01 21:44:33.293118+00', 300000, false, '[]', NULL, '', false, NULL, '', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(2, 'Rehearsal in May', 'zh', 'Asia/Shanghai', '', '', '', '9ff0683b0250f989736678e4cf5d522cce4e4b6c551ec83ad39215799f7cebc3', NULL, '2026-######', 3, 1, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:44:33.456836+00', 300000, false, '["\u5c97\u4f4d"]', NULL, '', false, NULL, '', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(4, 'Harbour Run 2027', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', 'd6ee819dc7ccec822b6807b72d6e84f2da66c7c3bf2860d12ab0aee7625caab0', NULL, '2026-######', 3, 4, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:44:40.963652+00', 300000, false, '[]', '2026-12-01 21:44:41.016905+00', '', false, 2, 'thanks@example.org', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(7, '灯会', 'zh', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', 'c31ff9f8db09de573a4b84c4cb8eb82443f574cef8eb1d2372215ca1aecc0f40', NULL, '2026-######', 3, 10, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:44:46.244243+00', 300000, false, '["\u9879\u76ee\u540d\u79f0"]', '2026-12-01 21:44:46.292106+00', '', false, 2, 'thanks@example.org', NULL, NULL, '{}', '', '', '{}', 'check', '2035-02-17', '2035-02-17 16:00:00+00', NULL, NULL, 0, NULL, NULL, 1, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(5, 'Somebody else', 'en', 'Asia/Shanghai', '', '', '', '75c785970ced43796093b749e3a3d2dbf4c62c4c6fce9c2f89d41725297bc3b4', NULL, '2026-######', 1, NULL, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:44:41.516629+00', 300000, false, '[]', '2026-12-01 21:44:41.528407+00', '', false, 4, 'thanks@example.org', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(12, 'Spring {Run} 2025', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', '854f91feb3937751fc3159ad5c71be8e73cf953d307c0b74cfec2855527ff94c', NULL, '2026-######', 3, 19, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:44:57.277728+00', 300000, false, '[]', '2026-12-01 21:44:57.385143+00', '', false, 2, 'thanks@example.org', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(11, 'River Clean-up', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', 'c3528a5e8f4d78b70e50083db420fc34cfff59715de01f4d2ab981f202a91b9b', NULL, '2026-######', 1, 15, '{}', 'stopped', false, true, '{}', '{}', '2026-12-01 21:44:53.721094+00', 300000, false, '["Hours"]', '2026-12-01 21:44:53.770796+00', '', false, 2, 'thanks@example.org', NULL, NULL, '{}', '', '', '{}', 'issue', NULL, NULL, NULL, NULL, 0, NULL, NULL, 2, '[]', false, NULL, 'N6fXUBZeUYmT_mg5Kxv6eQ', '2026-12-01 21:44:53.832743+00', true, 'For two cold days.', '2026-11-28', '2026-11-29'),
	(14, 'By Graph', 'en', 'Asia/Shanghai', '', '', '', 'ab15b92adbf301c63f7adb9073c0da0adf5f4627c81c5062b402e2d78f4048c0', NULL, '2026-######', 2, 21, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:45:05.384598+00', 300000, false, '[]', '2026-12-01 21:45:05.507982+00', '', false, 11, 'thanks@harbour.example', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(8, 'Old Fair', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', '5ff3c93a833573597f1a3128110e348a096d7dc8d191b205b04edc96f336ac48', NULL, '2026-######', 2, 11, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:44:49.753272+00', 300000, false, '[]', '2026-12-01 21:44:49.779986+00', '', false, 2, 'thanks@example.org', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, 100, '2026-12-01 22:44:53.274136+00', 0, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(6, 'Lantern Festival 2026', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://lantern.example', '', '37c34879320ca85d52c1150f18330733ac785fca44c1e426a23e03c839023caf', NULL, '2026-######', 1, 7, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:44:41.545236+00', 300000, false, '["role", "hours", "\u8eab\u4efd\u8bc1\u53f7", "team"]', '2026-12-01 21:44:41.600055+00', 'ask@lantern.example', false, 2, 'thanks@example.org', NULL, NULL, '{}', 'Lantern Friends', 'data@lantern.example', '{"en": "We keep little."}', 'issue', NULL, NULL, 3650, '2026-12-02 21:44:41.676132+00', 4, NULL, NULL, 1, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(3, 'Harbour Run 2026', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', '6bbd02e4ad692f5a161befd6811f559d01acf625ffa506853c52c2f101b53257', NULL, '2026-######', 17, 3, '{}', 'running', true, true, '{}', '{}', '2026-12-01 21:44:35.052258+00', 300000, false, '["task"]', '2026-12-01 21:44:35.08462+00', '', false, 2, 'thanks@example.org', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, '[29, 30, 31, 32, 33]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(9, 'Lanterns 2027', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', '6397fc5b8bd40072ffc39f953f48db5b5f5234f2cc2fbb898cf40f2a75c8c6f9', NULL, '2026-######', 1, 12, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:44:53.282187+00', 300000, false, '[]', NULL, 'ask@lantern.example', false, 2, 'thanks@example.org', '2026-12-01 21:44:53.312629+00', NULL, '{}', 'Lantern Friends', 'data@lantern.example', '{"en": "We keep little."}', 'issue', NULL, NULL, 3650, '2026-12-02 21:44:41.676132+00', 1, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL),
	(13, 'By XOAUTH2', 'en', 'Asia/Shanghai', '', '', '', 'e6e0e514c243ffde85d81b40645278ebddd75d6826cc12d82cfa319b18f72b32', NULL, '2026-######', 2, 20, '{}', 'running', false, true, '{}', '{}', '2026-12-01 21:45:05.217555+00', 300000, false, '[]', '2026-12-01 21:45:05.336783+00', '', false, 10, 'thanks@harbour.example', NULL, NULL, '{}', '', '', '{}', 'ask', NULL, NULL, NULL, NULL, 0, NULL, NULL, 0, '[]', false, NULL, NULL, NULL, false, '', NULL, NULL);


--
-- Data for Name: event_font; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_font VALUES
	(3, 'e2e2dd79e79430d369b74cbf2a86bc110305217fdbd524b482ef86771700591f');


--
-- Data for Name: event_group; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_group VALUES
	(2, 6, 'role', 'helper', 'Helpers & friends', NULL, '{}'),
	(1, 6, 'role', 'speaker', 'speaker', 9, '{"certificate": {"subject": "Thank you for your talk, {name}", "body": "{name}\n{page}"}}'),
	(3, 9, 'role', 'speaker', 'speaker', 13, '{"certificate": {"subject": "Thank you for your talk, {name}", "body": "{name}\n{page}"}}'),
	(4, 9, 'role', 'helper', 'Helpers & friends', NULL, '{}');


--
-- Data for Name: fit_progress; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.fit_progress VALUES
	(6, 7, 20, true, 4);


--
-- Data for Name: font_file; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.font_file VALUES
	('e2e2dd79e79430d369b74cbf2a86bc110305217fdbd524b482ef86771700591f', '\x00010000000a0080000300204f532f32413442160000012800000060636d617000ac00b0000001f40000003c676c796614dd4dff0000029c0000056268656164616e42d4000000ac0000003668686561057a01c4000000e400000024686d7478076c0546000001880000006c6c6f636123a62505000002300000006c6d6178700037000600000108000000206e616d65e1c910ba0000080000000075706f7374017e035e00000878000001c400010000000100000d2c5f965f0f3cf5000303e80000000000000000000000000000000000320000022601f4000000030002000000000000000100000320ff38000002580032003202260001000000000000000000000000000000010001000000350004000100000000000200000000000000000000000000000000000302580190000500000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000003f3f3f3f00000041007a0000000000000000000000000000000000000000000000000020000002580032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200000002000000030000001400030001000000140004002800000006000400010002005a007affff000000410061ffffffc0ffba00010000000000000000000d001a002700340041004e005b006800750082008f009c00a900b600c300d000dd00ea00f701040111011e012b013801450152015f016c01790186019301a001ad01ba01c701d401e101ee01fb020802150222022f023c0249025602630270027d028a029702a402b1000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000000000006004e0001000000000001000600000001000000000002000700060001000000000006000600000003000104090001000c000d0003000104090002000e00190003000104090006000c000d426c6f636b73526567756c61720042006c006f0063006b00730052006500670075006c0061007200000000020000000000000000000000000000000000000000000000000000000000000035000001020103010401050106010701080109010a010b010c010d010e010f0110011101120113011401150116011701180119011a011b011c011d011e011f0120012101220123012401250126012701280129012a012b012c012d012e012f013001310132013301340135057530303431057530303432057530303433057530303434057530303435057530303436057530303437057530303438057530303439057530303441057530303442057530303443057530303444057530303445057530303446057530303530057530303531057530303532057530303533057530303534057530303535057530303536057530303537057530303538057530303539057530303541057530303631057530303632057530303633057530303634057530303635057530303636057530303637057530303638057530303639057530303641057530303642057530303643057530303644057530303645057530303646057530303730057530303731057530303732057530303733057530303734057530303735057530303736057530303737057530303738057530303739057530303741', 'Blocks', '2026-12-01 21:44:39.969663+00');


--
-- Data for Name: issuer; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.issuer VALUES
	(1, 'installation', '', '', '2026-12-01 21:44:56.421094+00', '');


--
-- Data for Name: issuer_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.issuer_key VALUES
	(1, 1, 'key-2026-1', 'z6MkmDzfKnxduEbLYRg56zoybGuoRT4ZVbJp5TdtwuLNMtUt', NULL, '2026-12-01 21:44:56.426618+00', '2026-12-01 21:44:56.581396+00', NULL, false),
	(2, 1, 'key-2026-2', 'z6MkgR6FUnf2D2somwPRGawFLVVzPvqcmXL2tVU7TfTdwkbg', 'siv:glALPacb8cHvVCMl9g-m-toDlF7eiBNl27Q8DW6yp49Ad-R7mqoWTrIaRgLAy0LMj0picWpK6xeUbpdL3_OPLr_vhHDE2suH37Pf99qpJzcVpATaR7j2BSBsaKK_6WoX', '2026-12-01 21:44:56.585709+00', NULL, NULL, false);


--
-- Data for Name: issuer_logo; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: list_change; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.list_change VALUES
	(1, 1, 13, 'da0e6d1ceb78d56db6247ac0a1ae5564415f25acc69f6264d100dc68ee51b496', NULL, NULL),
	(2, 1, 14, '6d0b4124d524286f55bdec91151231e29da780937024a48280fdcede8319ffe8', NULL, NULL),
	(3, 1, 15, '8266a1236e331a5c3d300b751e43e0a1b80cffdfd331cedf9b62c0fca02e2ba1', NULL, NULL),
	(4, 1, 16, '563c46a7675614746aa64fa6d287952438605b035eaace9d0d7c85ff65ab5b97', NULL, NULL),
	(6, 1, 18, 'af5c2a54299fa52cf246f1b88878b05a5c94704a236a9bebc968998a017fc9db', NULL, NULL),
	(7, 1, 19, 'f1326a97e5d7c750f8f4470b6284b980de98e6ee449a81e2819186b679f89fce', NULL, NULL),
	(8, 1, 20, 'd3e219ba2694ea0c45c08aeeb6d93bca9b0b41f7e19be9a04152ad8e586f678d', NULL, NULL),
	(9, 2, 21, 'fb590041b4432e8cd6133f1d0d80bb169df54ab9477d603c345398bc189b1772', NULL, NULL),
	(10, 2, 22, '701ab9df04c02eefabc80acdf2693196277abde5c548a1016679edbe6566c187', NULL, NULL),
	(11, 3, 24, 'd547a8661d36d554e79d17bd3467e83d66258e4c5fcb3a7d31532209ad27f1a7', NULL, NULL),
	(12, 3, 25, 'ca64f6e7a69aadcad8980852abf2eacebdf5ee10271d0cd7865eca0945b8d0fd', NULL, NULL),
	(13, 4, 26, 'd82a6b04e65150198fc1a4e731947dda5e35e0e49d5e022c71341c714550f6aa', NULL, NULL),
	(14, 5, 26, '1a81a7aa578625d64242f045eddfeed1c84450e1d742854eef1580b4ab653343', 'siv:vChjH-MjZU7Dg8uHcJqOn4uszzaO3LmSpNgOmUDxYlPlC-K3NL5D57tbMY2e2RklDLbTqvgL1gc9b3dO7zpFx316rXSQ3hvuHKikYT2jCaTAQSc=', NULL);


--
-- Data for Name: list_column; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.list_column VALUES
	(2, 6, '身份证号', 'secret', '', false, true, 0, '0', 0, 0),
	(1, 6, 'hours', 'number', 'hours', true, false, 0, '30.5', 6, 1),
	(3, 9, 'hours', 'number', 'hours', true, false, 0, '0', 0, 0),
	(4, 9, '身份证号', 'secret', '', false, true, 0, '0', 0, 0),
	(5, 11, 'Hours', 'number', 'hours', true, false, 0, '51', 2, 0);


--
-- Data for Name: list_import; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.list_import VALUES
	(1, 6, '2026-12-01 21:44:41.742024+00', '', 8, 0),
	(2, 7, '2026-12-01 21:44:46.337249+00', '', 2, 0),
	(3, 11, '2026-12-01 21:44:53.889185+00', '', 2, 0),
	(4, 11, '2026-12-01 21:44:56.665489+00', '', 1, 0),
	(5, 11, '2026-12-01 21:44:56.777047+00', '', 0, 1);


--
-- Data for Name: mail; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mail VALUES
	(1, 2, 1, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:03.959135+00', 1, 'an@example.org', '<1-df914d90dc8172f5@example.org>', 'sent', 250, 'kept in the rehearsal mailbox', false, '', '2026-12-01 21:44:33.59089+00', '2026-12-01 21:44:34.018806+00', NULL, NULL, NULL, '', NULL),
	(2, 2, 2, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:03.979113+00', 1, 'bo@example.org', '<2-f57accc745d8d76e@example.org>', 'sent', 250, 'kept in the rehearsal mailbox', false, '', '2026-12-01 21:44:33.59089+00', '2026-12-01 21:44:34.035098+00', NULL, NULL, NULL, '', NULL),
	(3, 2, 2, 1, 'certificate', 1, 'sent', true, '2026-12-01 21:57:05.005404+00', 1, 'bo@example.org', '<2-5d8abc7707580dc3@example.org>', 'sent', 250, 'kept in the rehearsal mailbox', false, '', '2026-12-01 21:44:34.093632+00', '2026-12-01 21:44:35.033207+00', NULL, NULL, NULL, '', NULL),
	(4, 3, 3, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:05.260173+00', 1, 'ana@example.org', '<3-1f10ee4fba83aea9@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:35.140483+00', '2026-12-01 21:44:35.268532+00', NULL, NULL, NULL, '', NULL),
	(5, 3, 4, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:05.407068+00', 1, 'bo@example.org', '<4-ad39e069af3ae8a7@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:35.140483+00', '2026-12-01 21:44:35.433522+00', NULL, NULL, NULL, '', NULL),
	(8, 3, 7, NULL, 'invitation', 1, 'failed', false, '2026-12-01 21:47:05.508323+00', 1, 'refused@example.org', '<7-b82cf4d801751689@example.org>', 'bad', 550, '5.1.1 User unknown', false, '', '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL, NULL, '', NULL),
	(9, 3, 8, NULL, 'invitation', 1, 'queued', false, '2026-12-01 21:45:35.601205+00', 1, 'grey@example.org', '<8-006c17df106a4c10@example.org>', 'retry', 451, '4.7.1 Greylisted, try again later', false, '', '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL, '2026-12-01 21:44:35.508323+00', '', NULL),
	(6, 3, 5, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:05.677929+00', 1, 'cy@example.org', '<5-10cec77da44941d2@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:35.140483+00', '2026-12-01 21:44:35.70408+00', NULL, NULL, NULL, '', NULL),
	(7, 3, 6, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:05.573496+00', 1, 'dee@example.org', '<6-45f1619f5c7dbd9b@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:35.140483+00', '2026-12-01 21:44:35.70408+00', NULL, NULL, NULL, '', NULL),
	(10, 3, 9, NULL, 'invitation', 1, 'unsure', false, '2026-12-01 21:57:05.714098+00', 1, 'lost@example.org', '<9-99567f66538b32b1@example.org>', 'unsure', NULL, 'Connection unexpectedly closed', true, '', '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL, NULL, '', NULL),
	(11, 3, 10, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:05.733153+00', 1, 'quiet@example.org', '<10-3b6699e6041b407d@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:35.140483+00', '2026-12-01 21:44:35.783143+00', NULL, NULL, NULL, '', NULL),
	(12, 3, 3, 2, 'certificate', 1, 'sent', true, '2026-12-01 21:57:06.673087+00', 1, 'ana@example.org', '<3-d6a32802482cbd1f@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:35.862224+00', '2026-12-01 21:44:36.68153+00', NULL, NULL, NULL, '', NULL),
	(13, 3, 4, 3, 'certificate', 1, 'sent', true, '2026-12-01 21:57:07.695984+00', 1, 'bo@example.org', '<4-69efedc61b9334a3@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:36.730349+00', '2026-12-01 21:44:37.717822+00', NULL, NULL, NULL, '', NULL),
	(14, 3, 5, 4, 'certificate', 1, 'sent', true, '2026-12-01 21:57:08.676715+00', 1, 'cy@example.org', '<5-baa2907b8afe2f3d@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:37.764957+00', '2026-12-01 21:44:38.688181+00', NULL, NULL, NULL, '', NULL),
	(15, 3, 5, 5, 'certificate', 2, 'sent', true, '2026-12-01 21:57:09.648369+00', 1, 'cy@example.org', '<5-8d796a44cc670448@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:38.732281+00', '2026-12-01 21:44:39.652915+00', NULL, NULL, NULL, '', NULL),
	(16, 3, 6, 6, 'certificate', 1, 'sent', true, '2026-12-01 21:57:10.926349+00', 1, 'dee@example.org', '<6-72802416cdda1c6e@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:40.032461+00', '2026-12-01 21:44:40.936282+00', NULL, NULL, NULL, '', NULL),
	(17, 4, 11, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:11.315945+00', 1, 'eva@example.org', '<11-a4c04cb4f72aa93a@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:41.081771+00', '2026-12-01 21:44:41.3294+00', NULL, NULL, NULL, '', NULL),
	(18, 4, 12, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:11.439971+00', 1, 'fin@example.org', '<12-06329e5e17412098@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:41.081771+00', '2026-12-01 21:44:41.445927+00', NULL, NULL, NULL, '', NULL),
	(19, 6, 13, 7, 'certificate', 1, 'sent', false, '2026-12-01 21:57:12.563309+00', 1, 'ana@lantern.example', '<13-78195c50430c864d@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:42.130335+00', '2026-12-01 21:44:42.580769+00', NULL, NULL, NULL, '', '2026-12-01 21:44:42.130335+00'),
	(20, 6, 14, 8, 'certificate', 1, 'sent', false, '2026-12-01 21:57:12.71907+00', 1, 'bo@lantern.example', '<14-6e3d49f4ef9a69f5@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:42.130335+00', '2026-12-01 21:44:42.724083+00', NULL, NULL, NULL, '', '2026-12-01 21:44:42.130335+00'),
	(21, 6, 15, 9, 'certificate', 1, 'sent', false, '2026-12-01 21:57:14.691254+00', 1, 'cy@lantern.example', '<15-d74986cf1f1a47c8@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:42.130335+00', '2026-12-01 21:44:44.745666+00', NULL, NULL, NULL, '', '2026-12-01 21:44:42.130335+00'),
	(22, 6, 16, 10, 'certificate', 1, 'sent', false, '2026-12-01 21:57:14.753195+00', 1, 'di@lantern.example', '<16-16fce40eaed66317@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:42.130335+00', '2026-12-01 21:44:44.787912+00', NULL, NULL, NULL, '', '2026-12-01 21:44:42.130335+00'),
	(25, 6, 19, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:14.764281+00', 1, 'gil@lantern.example', '<19-3e7fd4e81cfbacb0@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:42.226647+00', '2026-12-01 21:44:44.787912+00', NULL, NULL, NULL, '', NULL),
	(26, 6, 20, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:14.799042+00', 1, 'hal@lantern.example', '<20-022e4266e0a570cb@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:42.226647+00', '2026-12-01 21:44:44.818423+00', NULL, NULL, NULL, '', NULL),
	(24, 6, 18, 12, 'certificate', 1, 'failed', false, '2026-12-01 21:57:14.764281+00', 1, 'flo@lantern.example', '<18-06db1291d85c2cc9@example.org>', 'sent', 550, '550 5.1.1 User unknown', false, '', '2026-12-01 21:44:42.130335+00', '2026-12-01 21:44:44.807266+00', '2026-12-01 21:44:45.051582+00', NULL, NULL, '', NULL),
	(28, 6, 19, NULL, 'reminder', 1, 'sent', false, '2026-12-01 21:57:15.279349+00', 1, 'gil@lantern.example', '<19-8488d2bc7a141018@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:45.103236+00', '2026-12-01 21:44:45.298838+00', NULL, NULL, NULL, '', NULL),
	(29, 6, 20, NULL, 'reminder', 1, 'sent', false, '2026-12-01 21:57:15.28855+00', 1, 'hal@lantern.example', '<20-3f4265d386ddedff@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:45.103236+00', '2026-12-01 21:44:45.314011+00', NULL, NULL, NULL, '', NULL),
	(27, 6, 16, 13, 'certificate', 2, 'sent', false, '2026-12-01 21:57:15.333154+00', 1, 'di@lantern.example', '<16-4e18e015f78237f4@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:44.991991+00', '2026-12-01 21:44:45.347906+00', NULL, NULL, NULL, '', NULL),
	(30, 6, 20, NULL, 'erasure', 1, 'sent', false, '2026-12-01 21:57:15.623389+00', 1, 'hal@lantern.example', '<20-9d0de24c06e9a813@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:45.418896+00', '2026-12-01 21:44:45.630667+00', NULL, NULL, NULL, '', NULL),
	(31, 6, 20, NULL, 'link_request', 2, 'sent', false, '2026-12-01 21:57:15.635635+00', 1, 'hal@lantern.example', '<20-9e7150a153428496@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:45.451814+00', '2026-12-01 21:44:45.65025+00', NULL, NULL, NULL, '', NULL),
	(23, 6, 17, 11, 'certificate', 1, 'sent', false, '2026-12-01 21:57:14.764281+00', 2, '', '', 'sent', 250, '', false, '', '2026-12-01 21:44:42.130335+00', '2026-12-01 21:44:44.818423+00', NULL, NULL, NULL, '', NULL),
	(32, 6, NULL, NULL, 'test', 1, 'sent', true, '2026-12-01 21:57:16.191932+00', 1, 'me@lantern.example', '<0-10bd60a6be4e96dd@example.org>', 'sent', 250, '2.0.0 ok', false, 'certificate', '2026-12-01 21:44:45.935056+00', '2026-12-01 21:44:46.2019+00', NULL, 1, NULL, '', NULL),
	(33, 7, 21, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:16.585932+00', 1, 'li@lantern.example', '<21-08a22efb48c0b65e@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:46.384699+00', '2026-12-01 21:44:46.593884+00', NULL, NULL, NULL, '', NULL),
	(34, 7, 22, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:18.723263+00', 1, 'wu@lantern.example', '<22-9ea1f58907125802@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:46.384699+00', '2026-12-01 21:44:48.729085+00', NULL, NULL, NULL, '', NULL),
	(35, 7, 21, 14, 'certificate', 1, 'sent', true, '2026-12-01 21:57:19.710692+00', 1, 'li@lantern.example', '<21-ebf474b57e8b3d67@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:48.791528+00', '2026-12-01 21:44:49.715801+00', NULL, NULL, NULL, '', NULL),
	(36, 8, 23, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:19.940041+00', 1, '', '', 'sent', 250, '', false, '', '2026-05-15 21:44:49.806502+00', '2026-05-15 21:44:49.946146+00', NULL, NULL, NULL, '', NULL),
	(37, 8, 23, 15, 'certificate', 1, 'sent', true, '2026-12-01 21:57:23.098873+00', 1, '', '', 'sent', 250, '', false, '', '2026-05-15 21:44:50.073447+00', '2026-05-15 21:44:53.112658+00', NULL, NULL, NULL, '', NULL),
	(38, 6, NULL, NULL, 'colleague_invitation', 1, 'sent', true, '2026-12-01 21:57:24.190568+00', 1, 'fay@lantern.example', '<0-149a388c7fdba995@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:53.593569+00', '2026-12-01 21:44:54.203863+00', NULL, NULL, NULL, '', NULL),
	(40, 11, 25, 17, 'certificate', 1, 'sent', false, '2026-12-01 21:57:26.212729+00', 1, 'jo@signed.example', '<25-9289a5fa01876949@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:53.972047+00', '2026-12-01 21:44:56.224894+00', NULL, NULL, NULL, '', '2026-12-01 21:44:53.972047+00'),
	(39, 11, 24, 16, 'certificate', 1, 'sent', false, '2026-12-01 21:57:24.287675+00', 1, 'ida@signed.example', '<24-a381468fc06e4f9d@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:53.972047+00', '2026-12-01 21:44:54.296798+00', NULL, NULL, NULL, '', '2026-12-01 21:44:53.972047+00'),
	(41, 11, 26, 18, 'certificate', 1, 'cancelled', false, '2026-12-01 21:44:56.97688+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:44:56.97688+00', NULL, NULL, NULL, NULL, '', NULL),
	(42, 12, 27, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:28.226338+00', 1, 'old0@example.org', '<27-a6b6ec0e7dea25bd@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:57.692144+00', '2026-12-01 21:44:58.257996+00', NULL, NULL, NULL, '', NULL),
	(43, 12, 27, 19, 'certificate', 1, 'sent', true, '2026-12-01 21:57:31.299616+00', 1, 'old0@example.org', '<27-e9d9bf50fd1e46cc@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:44:58.371995+00', '2026-12-01 21:45:01.313761+00', NULL, NULL, NULL, '', NULL),
	(44, 12, 28, NULL, 'invitation', 1, 'sent', false, '2026-12-01 21:57:31.60946+00', 1, 'old1@example.org', '<28-41061edbe1223a11@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:45:01.438131+00', '2026-12-01 21:45:01.629145+00', NULL, NULL, NULL, '', NULL),
	(45, 12, 28, 20, 'certificate', 1, 'sent', true, '2026-12-01 21:57:33.156024+00', 1, 'old1@example.org', '<28-c0d7e90b21611547@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-12-01 21:45:01.688814+00', '2026-12-01 21:45:03.167391+00', NULL, NULL, NULL, '', NULL),
	(46, 3, 8, 21, 'certificate', 1, 'queued', true, '2026-12-01 21:46:04.205393+00', 1, 'grey@example.org', '<8-ddd7cbc7f7adfbef@example.org>', 'retry', 451, '4.7.1 Greylisted, try again later', false, '', '2026-12-01 21:45:03.250114+00', NULL, NULL, NULL, '2026-12-01 21:45:04.09219+00', '', NULL),
	(52, 3, 34, NULL, 'invitation', 1, 'held', false, '2026-12-01 21:45:04.294062+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL, NULL, '', NULL),
	(53, 3, 35, NULL, 'invitation', 1, 'held', false, '2026-12-01 21:45:04.294062+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL, NULL, '', NULL),
	(47, 3, 29, NULL, 'invitation', 1, 'queued', false, '2026-12-01 21:45:04.294062+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL, NULL, '', NULL),
	(48, 3, 30, NULL, 'invitation', 1, 'queued', false, '2026-12-01 21:45:04.294062+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL, NULL, '', NULL),
	(49, 3, 31, NULL, 'invitation', 1, 'queued', false, '2026-12-01 21:45:04.294062+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL, NULL, '', NULL),
	(50, 3, 32, NULL, 'invitation', 1, 'queued', false, '2026-12-01 21:45:04.294062+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL, NULL, '', NULL),
	(51, 3, 33, NULL, 'invitation', 1, 'queued', false, '2026-12-01 21:45:04.294062+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL, NULL, '', NULL),
	(54, 3, 36, NULL, 'invitation', 1, 'cancelled', false, '2026-12-01 21:45:04.294062+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL, NULL, '', NULL),
	(55, 3, 10, NULL, 'reminder', 1, 'queued', false, '2026-12-01 21:45:04.386908+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.386908+00', NULL, NULL, NULL, NULL, '', NULL),
	(57, 3, 10, 22, 'certificate', 1, 'queued', true, '2026-12-01 21:45:04.448633+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:04.448633+00', NULL, NULL, NULL, NULL, '', NULL),
	(56, 3, NULL, NULL, 'test', 1, 'sending', true, '2026-12-01 21:46:05.161627+00', 1, 'me@example.org', '<0-181ad3c6ea120123@example.org>', '', NULL, '', false, 'invitation', '2026-12-01 21:45:04.408165+00', NULL, NULL, NULL, NULL, '', NULL),
	(58, 13, 38, NULL, 'invitation', 1, 'queued', false, '2026-12-01 21:45:05.367553+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:05.367553+00', NULL, NULL, NULL, NULL, '', NULL),
	(59, 14, 39, NULL, 'invitation', 1, 'queued', false, '2026-12-01 21:45:05.550638+00', 0, '', '', '', NULL, '', false, '', '2026-12-01 21:45:05.550638+00', NULL, NULL, NULL, NULL, '', NULL);


--
-- Data for Name: mail_access_token; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mail_access_token VALUES
	(1, 1, 'https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All', 'siv:qRjvdQzjnAAZ3xghfoaJEjn48NK2WPsdKEiLPlQFJ4jWeTsja5AR68B8IoBxzXIN5gU06DB4JbgopeQC6KK_OSmqj-gADrLW71gf', '2026-12-01 22:45:05.304837+00'),
	(2, 2, 'https://graph.microsoft.com/Mail.Send https://graph.microsoft.com/Mail.Read https://graph.microsoft.com/User.Read', 'siv:QydKEJcih1UkgAuvLoNg0l219jvIrC99MnX8iYJkWVMi0hliY9-RZg900o0V7EIdWDEKBbZ3DgI43nTjpOHrqfuQZc0cDu9fvFs6', '2026-12-01 22:45:05.453518+00');


--
-- Data for Name: mail_sign_in; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mail_sign_in VALUES
	(1, 10, 'microsoft', 'https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All', '', '', '', NULL, true, 'siv:BIwFqRr21Hbwb59Ut-Zs1-BicfKqnQ8Q7ubkL5KwCfHRThF8IXihzjtrOOGkzjpgI-9jDUmgn6i0VzAGwts3c9_b4_ATWf74ktyj', 'thanks@harbour.example', '2026-12-01 21:45:05.302003+00', '', NULL, 3),
	(2, 11, 'microsoft', 'https://graph.microsoft.com/Mail.Send https://graph.microsoft.com/Mail.Read https://graph.microsoft.com/User.Read', '', '', '', NULL, false, 'siv:iza2w8fyfDVfz1HQAUpOLxEn6GfQ56LztX_o2U-0zBT0OvaoBwAoodiAfRsw2GdhAvGLeALboeNwkppEEesAV4WNuUKHfIa9otLG', 'thanks@harbour.example', '2026-12-01 21:45:05.452388+00', '', NULL, 3);


--
-- Data for Name: owner; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.owner VALUES
	(1, 'bacb720312f78ef563ef2596ca6593c87483ceafc70e46a4bf2caea5536e4fbd', 1, 'siv:6hRxlXtKGdDDXDbhMOt2XJNu61p_tVkPEb5urGloVJ3-JK83gjyzyK_5SXgH7DJt0wWRm-g8bU7TDeZeB-0dUwi7D26G8R1JU6oD', 'siv:DhCb21kbNA3UyPCb4DX6cSmhRvmxlKh_wv4qeLW9mI-gwhjGXA1FP5ZmFiybpPiFlvRzux92iUH32L43dlxAU_Zw3L1-EAnwiYl_', NULL, 'siv:3VijMg-0u2E0C2WwOxKnycSLEz4EmdOxiAE6VY44EGM4fmV_VUzwuYHcw7aRDuCPlOVJRPrRtsZuiC0ZsPycIRHR1SxxIX3N57zl', NULL);


--
-- Data for Name: picture; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.picture VALUES
	('3981f858aaf7d2afbde9138fec68c93db75b095b3d3699fd66dbf52435bd36e4', '\x89504e470d0a1a0a0000000d4948445200000258000001a80802000000157e0c0f0000065249444154785eedd5310100200cc030c0bfe7edc74293b3067a67e60040d5fb030094182100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a419210069460840da020119064d26e5083a0000000049454e44ae426082', 'image/png', 600, 424, NULL),
	('bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '\x89504e470d0a1a0a0000000d4948445200000258000001a80802000000157e0c0f0000065549444154785eedd5310d002000c030c0bf4b3cf091f06361ed39039bf7ec010055eb0f0050628400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100690f7980062625ad60250000000049454e44ae426082', 'image/png', 600, 424, NULL),
	('8ad15053ddecee1de3b12d4143e041fac06cd680ba9c788ef77f82d9d4d6c73b', '\x89504e470d0a1a0a0000000d49484452000004e20000037308020000008b792079000000097048597300002e2300002e230178a53f760000446849444154785eeddd7b809673fef8fffb9e9a9986914e8450e86053a9cd0ae9ab8384ca215beb4c7663599fc52ebb4bbb8bc8799d37d6792d3995902cd1812495a4d209a522299d4fd3d4d4fcfe989fd9bbf7d43465aaf7cc3c1e7fcdf57a5ff7d6d4b5b99f735df77525f3f3f3130000001087b47000000000bb8f4c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c8540000002222530100008848e5705036cd5df2fda82f2785530000800aa34d8323ebd6dc2f9c9641e52453c7ce9e76c193b786530000800ae3e5cbfa948f4c75d12f0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001091cae180adcb4acf08470000002590b3617d38622b64ea7658db6f5838020000288164af36e188ad70d12f0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001091cae10000288b92c97002e5557e7e3801ca17675301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c8540000002252391c005076e4e7e7e7e4e4e4e5e5a5a7a7676666a6a5f9e1230050e6c9548032263f3f7fc284092fbcf0c298316366cc98b16cd9b282797a7a7aa3468d9a376f7ecc31c774eedcb95ebd7a9bbd0c00a08c90a900bb545e5edef8f1e3f3f2f25ab56a959191112e6fcbe4c9932fbffcf28f3efa285c4824366cd8f0f9e79f7ffef9e7cf3df7dc5ffef297c58b17676666162c2d59b2e4b3cf3eab53a7cee1871fbef98b0000a22353816d58b972e5bc79f3bef9e69befbefb6eddba75f9f9f955aa54a952a54a565656fdfaf51b376e9c9e9e1ebe86adf8f0c30fcf3efbecf9f3e72712897df7ddb77ffffe1d3a740877dabac71e7bec8a2baed8b87163b85044e7ce9d0b1a353f3fbf77efdef7dc73cf860d1b128944870e1d5e79e595ead5ab872f000088864c05b660cd9a356fbef9e6881123468e1c3973e6cc703945464646d3a64d5bb468f18b5ffce2b4d34edb6fbffdc23df8d1a64d9bce39e79c82464d24128b162deadebdfb82050b0acf7916af7ffffe975d765938dd8a1e3d7a147cf1de7befdd7efbed85f361c386f5eeddbb5fbf7e85130080d8c8546033d3a74fefd7afdfb3cf3ebb72e5ca706d4bd6af5f3f61c2840913263cf1c413975f7e79dbb66dcf3befbcf3ce3baf84e955a14c9c38f1db6fbf4d9d2c5bb66ce4c8919d3a754a1d6ed1d2a54b7ffffbdf87d34462fffdf73fe59453aa56ad9a9b9b3b7bf6ec71e3c62d5bb66ccf3df73ce594530a7678e38d37367f45e2d5575f95a90040cc642af0ff5bb264c90d37dcf0c4134f6cdab4295c2b994d9b360d1f3e7cf8f0e1afbdf65ad13a628be5bf62c58a70b42577dc71c792254b5227d9d9d90f3df4d039e79c93fa13814d9b364d993265f6ecd9595959059355ab5615ae1628e1af0800b0bbc85420914824860d1b76eeb9e72e5ab4285cd821bffef5afc35179b174e9d2891327167c7ddc71c715d66049d4af5f3f1c25120d1b360c4745e4e7e7bff8e28bc1f0f9e79f3fedb4d382615a5ada91471e79e49147164e1a346890b29e4824128d1a350a26e5dbba75eb468f1e5df0758b162d6ad4a8b1f93a00101d990a155d7e7efec30f3f7ccd35d71473639e6432d9b061c3c30f3f7c8f3df6a854a9526e6eeefcf9f367cd9ab570e1c270d744a271e3c65dbb760da7e5c5534f3d75dd75d7157c3d67ce9cba75eb6ebe5e9c830e3aa84b972e6fbef966e1a44d9b36a949b9359f7df6d937df7c933a39e9a4938a36ea169d7ffef9b7df7efb9a356b0a275bbc78b81c7be79d77ce38e38c82afdf7df7dd134f3c71b36500203e32152aba9b6fbef9e69b6f0ea789442291a856adda25975cf2cb5ffeb259b3667beeb967b89c482c5fbefc830f3e183264c86bafbd567826f6faebaf4f4b4bdb7cc7f2e3275eccfcc20b2fdc72cb2d03060cc8cbcbebd6addb4d37dd944c26c39d8a183f7e7c3029c9c7590bd4ad5bf7830f3eb8e5965b3efef8e33a75ea5c7df5d5e79f7f7eb853b9f613ffca00805d4fa64285f6e8a38f6eb1516bd4a8d1b76fdf0b2eb8608b755aa85ab56aa79d76da69a79dd6af5fbf912347f6ebd76ff2e4c9679f7d76b85f79b178f1e2c2cb47774c7676f69d77de79e79d77860bc59a33674e3069ddba753029c6cf7ffef341830685d38a61e3c68d83070f0ea70040dc642a545ca3468dbae28a2bc2692271fcf1c7f7efdfffa0830e0a17b6ae52a54a1d3a74e8d0a1436e6e6ee5cae5f61f96214386ecf0fda57e8aa299daa2458b60c2168d1d3bf6871f7e08a70040dccaed857940f1d6ae5ddbb367cffcfcfc607ef9e5978f183162bb1a3555f97e0ecdebafbf1e8e7689e016c1595959191919a913b66677fd9501003f45b93de90114efc61b6f9c356b56303ce79c731e7ef8e172fcc9d29f62ddba75efbcf34e38dd25f2f2f25237d3d3d3533729860fa6024059e4cd285444f3e7cf7fe8a1878261f3e6cd9f7cf2c9181ab5e839de5d60d3a64dc5ffbac3860d5bbb766d38dd1d4a72d7a55d63b75c025d725f7cf1c58c1933c2e9ce51fcc103006c176753a1227af8e18773737383e1bffef5afed7a0a68299a3d7bf6d0a143870e1d3a7af4e8152b56e4e6e656aa5469cf3df76cdebc79bb76eddab56b77cc31c76cefe5c453a64cf9f4d34f0b374f3ffdf46ad5aafd6f3991482412d3a64d7be59557060e1cf8d5575fe5e4e42493c96ad5aaedbffffe575d75d5a5975e5ab8dbd2a54b1f7df4d1071f7c30e5a58944223160c0805ab56a05c342679f7d76d1dff3e0c183972e5d5ab859b56ad533cf3c33653db47af5eab7df7e7be6cc99a9c3f5ebd7fffbdfff4e9d146ad0a0c171c71d973a59ba7469700fa1162d5a346bd62c7552423ffcf0c39831633efae8a38f3efa68f2e4c96bd6acc9cbcbab54a9525656d6befbeedbbc79f3e6cd9bb769d3a655ab56db7520ad5dbb76f4e8d11f7df4d1575f7d356bd6ac3973e6ac5dbb76d3a64de9e9e9fbefbf7fbd7af51a366cd8a953a7134e38a14a952ae18bb762eddab5cf3cf3ccbdf7de1bcc870e1d3a7ffefc6058e8d4534fdd679f7dc2e956ec8c83160028902c1f3f007e79fcf05f3d7663382d6df98f8f0a475006e5e4e41c74d0414b962c491d76efdefde5975f4e9dec02f9f9f903070efcfbdfff3e7dfaf4706d737befbdf79ffef4a7abafbe7a8f3df608d7b6e2f6db6fbfe1861b0a37478d1a75fcf1c7176ece9933a767cf9e23478e2c9ca4bafbeebbafbdf6da4422317bf6ecfbefbfffc9279fdc81f3a84b962ca951a346306cd1a2c5679f7d56b8d9b061c320410b14b4e5abafbe3a74e8d075ebd685cb5bd7ab57afc71e7b2c753279f2e4e0d1ac7dfbf64dfd932989d1a347df79e79d25bc656e4646c659679d75fdf5d7376dda345c4bb17cf9f2d75e7b6dd0a04125fc1eb3b3b3afbefaeaebaebbae6ad5aae15a8a458b163dfcf0c3fdfaf50b8ef092f8f8e38f5bb56a154e37b7530fda9f2a9ad3ecb0d3958bb7af5440c95e6dc251697bf9b23edd8f6a174ecba0dd7f751fb08bbdfaeaabc13bf8b4b4b4be7dfba64e76816fbffdb663c78eddbb77dfe6dbfd4422b162c58adebd7b376bd66cd4a81dfc69d177df7d57f8f5d0a1439b376fbeb5464d2412871e7a6822911834685083060d1e7ae8a11d68d49fe2ca2bafdc77df7d2fbef8e237de78a324fdb653cd9933a75bb76ec71f7f7c091b359148ac5fbffe85175e98346952b8f0a3254b96fcf5af7fad5bb76ecf9e3d4bfe3dae5ebdfad65b6f6dd8b0e1983163c2b51f4d9c38f1e0830fbee5965b76a0514b62171fb4005061c954a8708abe693ee184131a3468100c77aaf1e3c7376bd66cd8b061e142b166cd9ad5be7dfb1dbb8f51e1a59e83070f3ef5d45357ac58b1f9fa660e3becb04422b164c992ddf2d9cbcf3fff7ce3c68de17477983e7d7aab56ad76e099abd9d9d9c55ccc3c6cd8b0be7dfb06b72f2ea1850b1776ecd871c28409e1422291482456ae5c59f46af6d2b2eb0fdaedb2037f4d00102d9f4d850ae7934f3e0926679c714630d9a9e6ce9ddbb56bd765cb9605f36432d9ba75eb830e3a68cf3df75cbf7efd8c1933a64c9992939393ba4f5e5ede59679d3562c4885ffce217a9f36d2a389b3a6edcb85ffdea57db8cc082b3a9c964b252a54a85c3a2af4a4b4bdb197733aa54a952eaaf9bd8d22f1dec50a814ef803573e6ccf6eddb2f5ab4285cf851767676e5ca957372728a9661f7eeddf7dc73cf6058e88c33cea85dbbf6c2850b83f95e7bed75f8e187d7af5f7fcf3df7cccbcb5bb264c988112356af5e1decb666cd9a9e3d7b4e9830618b773c4efd93297a5bac6432b9637f44bbe5a02db9810307feea57bfdaec7ed0005096c954a858727373274f9e1c0c4f3ffdf460b2f3ac58b1a273e7ce41a2ecbdf7de7ff9cb5fce3ffffc030f3c3075be7af5ea679f7df6e69b6f4e8da5356bd69c7aeaa99f7cf249ddba7553f6dd86efbefbee9b6fbee9d2a54b6a421c74d041a79d765ae7ce9d1b3468909e9ebe7cf9f2afbffe7ad6ac597bedb5572291f8f5af7ffdeb5fffba70e7debd7bdf76db6d859b894462f6ecd9dbf57b28a1a2e7eb4e3ef9e4d4d3717befbdf7f2e5cbffb7bc13cc9a35ab5dbb76df7fff7d30df6bafbd7af6ecd9b56bd7238f3cb2f06e43cb972f1f3f7efc471f7d346cd8b03163c6e4e5e55d74d1459bbf6e33191919bd7af5baf5d65b0b360f3ffcf073ce39e7cc33cf6cd2a44990fdebd6ad7befbdf7eebcf3ce0f3ffc30753e65ca94a79e7aeab2cb2e4b1d261289134e3821f5e13dcf3cf34ccf9e3d53d61343870e3df1c413532725b1bb0eda121a3366cc79e79d57f46719005076c954a858264d9ab461c386d449bd7af576c65be7adb9e8a28ba64e9d9a3a39eaa8a3060e1c78f0c107a70e0b6467675f71c5155dbb76edd2a54b6a5d2f5ebcf8861b6e78fef9e753f6dd86b973e75e7ef9e53ffcf043c1667676f66db7ddf6dbdffe36f58c5cddba7583bb0d554cf9f9f9bff9cd6f162c5810cc2fb9e492fbefbfbfa0e15355ab56ad63c78e1d3b76bcf1c61b972e5dfae69b6fb669b38d5b445c7ae9a5f7dc734f8f1e3daebaeaaa162d5a6ceda474952a55ba74e9d2a953a78b2fbeb87ffffea94bcf3df75cd14cdd4976d7415b121b366ce8d9b367d113da0050a6edc8b54f40d955f48adffaf5eb07939de7830f3e78fdf5d75327871d76d83befbcb3c5b7fb850e3ae8a037de7823a8a3fefdfb07e550bcd1a3470f1932a4e0ebba75eb4e9a34e9fffeefffb678d52803070e2c7a7fa97ffce31f4f3ef964d1460dd4a851e3c20b2fdce685b5071d74d077df7df7ef7ffffbe73ffff9d61ab5507a7afa33cf3cb3df7efba50e3ffcf0c3a2970def0cbbf1a02d897ffef39f5bbc5934009469db7827019433a98f122d5070bba05de3e69b6f4edd4c269303070e2cfad496a2ead6ad1b5c709b48248a3ec8b4246ad5aa3574e8d0824f9f52547e7e7e9f3e7d82e1c5175f7ccd35d704c39fa87af5eae168ebd2d3d34f3bedb460386ddab460b233c470d06ecd8a152b6ebae9a6700a00659f4c858aa5e83d607659a64e9d3a75f8f0e1a9938e1d3b96fc22db0b2fbcb072e5cd3ea7f0e28b2feec09d785f7bedb5860d1b86537e3474e8d02953a6a44eaa56ad7afffdf76ff39ce7ce56f413d45f7ef965302975911cb45bf3c61b6f147fcf6a0028a3642a542c459f515978239c9deda9a79e0a26a93728daa6aa55ab069f785cb972e5175f7c913ad9a60b2fbcb075ebd6e194146fbffd7630b9e28a2bf6de7bef60b8eb1d7becb1c1a4e8a7674b5d0c076d31060c18108e00a05c90a950b114cdd48c8c8c60b2937cfcf1c7a99b356ad4287a7eac789d3b770e26e3c68d0b26c5482693bd7bf70ea76caee8a797cf3ffffc60b25b147dc2cdfaf5eb8349a90b0eda9a356beee283b618ab57afde058f630580dd42a642c5123c46329148ec9a8b39376edcf8d9679fa54e4e3ae9a4ccccccd4c936153d11ba5deff89b376fee72dfe2e5e5e5059f5eae5ebdfacf7ef6b3d4c9ee52f47e57450fe6d215c3415b8cc99327bbc12f00e5954c858aa5e89bece0f9343bc9175f7cb176eddad4c90e1463d14b4f67cc98114c8a51341808cc983123f86b3aeeb8e3b679dbde5d23994cee9a1fa9142a7ad03668d02075b3247ee2415b8cafbefa2a1c014079e1b9a950b114cdd45d730b96a277181e3162c4a2458b8261f156ad5a154c8a5ec35c8ce38e3b2e1cb1b9f1e3c707935df687b671e3c6050b16cc993367eedcb9df7ffffdaa55abd6ae5d9b9393b32ec5ce3e7d1a88e1a02dc62eb8831400ec2e32152a96a21ff09b33674e30d9198a9e411a356ad4a851a382e1f6daae8b1eebd5ab178ed8dcfcf9f383c901071c104c4ad1a64d9b3ef8e083112346bcfffefb63c78e2dad7e2b2d311cb4c5983d7b76380280f242a642c5d2b871e360f2f5d75f07939d212727271c9586ed3abd56a54a9570c4e68a1654565656302915cb972f7fe289271e79e491985b2b8683b618ab57af0e4700505ec854a8589a376f1e4c764da6c670a22c92cf58c6ac68a6ee8cb61f3468d06f7ffbdbedbd7a76d78be1a02dc62eb8d13100ec2e32152a96a2993a6ddab4d5ab5767676707f39dad5ab56a453f28bbbd6ad6ac198e2855a575eaafd0edb7df7ec30d3784d31f1d70c001ad5bb7ae57af5ef5ead5ab55ab969d9dbdc71e7b646565edb1c71e9b366dead0a143f8825d2baa83b67265ff0507a0dcf21f39a8580e38e0805ab56a2d5ebcb870b27efdfa61c3866defd320b757d193722fbef862a74e9d8221bb57d1062bdd338a4f3df554d146ad54a9d205175cd0a14387e38f3fbe6eddba5bbb9defca952bc3d14e16f9415bf4b70700e5864be0a062492693454fa80e1932249894baa26fa9972e5d1a4cd8ed8a666a297e3ef3bbefbefbddef7e170c9b366dfad9679f3dfdf4d3e79f7f7ebd7af5b6d6a8bb45e407ed5e7bed158e00a0bc90a950e1b468d12298bcf1c61ba57bd2aca8a24f49f5388d08d5ad5b37987cf1c517c16487dd71c71dc161d6b469d3d1a3473769d22475b8359b366d0a473b59e4076dd19f370140b92153a1c2e9d6ad5b3059b870e1134f3c110c4bd731c71c134ca64f9f1e4cd8ed5ab66c194c468f1e1d4c764c7e7efe0b2fbc100c6fbae9a6929f125cb3664d38dac9223f688f3efae8700400e5854c850aa755ab56471c714430bcfdf6db4bf1f2cea21a346850bd7af5d4c9c89123376edc983a61b76bd4a851f064ddf1e3c797ca1d6567cf9e9dfa89e84422d1a4499333ce38237552bc523caf5b42911fb4cd9b3777172500ca2b990a154e3299bcf4d24b83e177df7d77cf3df704c352944c265bb56a953af9fefbef4beb4cddee52ea77c1dded2a55aaf4f39fff3c75b26eddbab163c7a64e76ccb469d382c909279cb05d8f089a3c797238da7edbf55716f9415ba54a95238f3c329c0240b9b01d6f118072e3924b2ea951a34630bcf9e69b478d1a150c4b51ebd6ad83c9830f3e184c6256a952a560522aa7196373d4514705937efdfa05931d50f489ac25bfdcb7c0cb2fbf1c8eb6e5a7ff95457ed0b66fdf3e1c0140b92053a122caceceeedbb76f30dcb871e399679e3973e6cc605e5a7af6ec999e9e9e3a193870e0c891235327312b7a17dc050b16049372a07bf7eec1e495575ef9e9b70ecac8c808266bd7ae0d26c5983061c2471f7d144eb7e5a7ff95457ed05e71c51545531c00ca01990a15d4a5975e5af40e314b962c69d5aad5a041838279a9a853a7ce85175e180c2fbae8a2ed2d87dda55ebd7ac164f0e0c1c1a41c38f6d8638f3beeb8d4c9c68d1b2fbef8e2ed3d0f1938e4904382c9bbefbe5bc24b707372722ebae8a2705a023ffdaf2cf283b65ebd7ae79c734e380580b24fa64205959696f6f4d34fefbdf7dec17cc58a15ddba75bbeaaaab821bde94d0b265cb8ae9993e7dfa646767a74ee6cd9bd7ae5dbb193366a40eb7293f3fff830f3ef8faebafc3859da968d50f1830a0986fb6ecbae5965b82c9471f7d74eeb9e796fc5ebbab56ad0a9e1fd3a851a3e07e3fd3a74f2fc969c9952b57fef297bf9c3a756ab85002cd9b370f4ea8bef3ce3b4b962c499d6c53e407edadb7de5af4f9ae0050d6c954a8b80e3ffcf0575f7d758b370b7df0c1070f3cf0c08b2eba68ecd8b1dbbcb5e992254bde7efbed9b6fbeb975ebd6b56ad52a26030e38e080db6ebb2d18ce9c39b379f3e6b7df7efbf2e5cb83a5407e7efe942953eebefbee238e38e284134e983d7b76b8c7ce74e8a187d6aa552b753277eedc5ebd7ae5e5e5a50ecb81f6eddb9f79e699c170e0c081ad5bb71e39726431a740376edc3866cc98abafbefac0030fdcb06143ea52464646d10f525e72c925c55c645ed0752d5ab478ebadb7c2b592c9c8c808ee08959b9bdbbd7bf7d5ab57a70e8b17f9415bb76edda23f560080b26e0b6f4f818aa37dfbf62fbcf0c2f9e79f5ff40e37b9b9b9cf3efbecb3cf3e9b9595d5a4499366cd9a1d7ae8a1999999696969b9b9b9b9b9b98b172f9e3973e68c1933bef9e69be0b5c5b8f2ca2b172e5c187c32363737f7861b6ee8d3a7cfe9a79f5ef0bc9cdab56ba7a5a5ad5bb76eddba75cb962d9b3c79f2c489133ffae8a3efbfff3ef585bb523299ecdab5ebd34f3f9d3a7cf6d96767cc9871c5155774ebd62d3b3b3b3f3f7fc18205d3a74f9f306142dbb66d83fbc496214f3df5d4dcb9733ffdf4d3d4e1a44993dab56bd7a2458b8e1d3bb668d162fffdf74f26933939396bd7ae9d3973e6d8b163478d1a55cc0f292ebdf4d2a14387a64ee6cc99d3a2458b4b2fbdf4b4d34e3bfef8e30b3ebf9a9f9fffc9279fbcf2ca2b03060c483df7d8b66ddb3a75ea3cfffcf3ff7b7d0974edda75cc9831a993112346b46cd9f2ca2baf3cfbecb30b7eeef0c30f3fcc9c39f3d34f3f3decb0c3ba74e992ba7381c80fda3ffef18fdf7efbed030f3c102e0040992553a1a2fbe52f7f59a74e9dd34f3ffd871f7e08d712894422919393337efcf8f1e3c7870b3b24994cde72cb2d1b366cb8ebaebb82a575ebd6bdf4d24b2fbdf452308fc7dffffef7975e7a29b8f7cfb871e3c68d1b77f1c51757aa5429f5ccf34b2fbd547633b55ab56a43870e6dd7aedd94295382a58913274e9c38311896c419679cd1be7dfbe1c387a70e7372721e78e081071e78203d3d3d3b3b3b2f2f6ff5ead5454fd8366dda74c0800183070fdede4cfdbffffbbf7ffef39ff3e7cf4f1d7ef1c517bffffdef7ffffbdfa7a5a5a55e9c7cebadb76e3153233f6893c9e4bdf7debb64c992c473cf856b005036b9e817481c7becb19f7df6d919679c112eec1cc964f28e3beef8dbdffe56e66e525aaf5ebd871e7a289cfe689b5747972d356bd67cf7dd779b366d1a2eeca84a952afde73fffa95bb76eb890482412890d1b362c5bb66cd5aa55451bb543870ea3468daa59b366706fa792c8cece7ee699678ade67b840f001da62447ed0a6a5a53df5d453e11400ca2c990a241289c401071c3068d0a0b7df7ebbe80708b74b767676f0008f2d4a26937dfaf499387162c78e1dc3b512482693a79e7a6afdfaf5c3859def924b2ee9dfbfffd6b2a79ca95dbbf6279f7c72d75d7755ad5a355c2bd61e7bec914c26c3692271c001078c1d3bf694534e0917b6eeb7bffded5b6fbd5570afaf060d1ad4ac5933dc635b4e3cf1c4f7de7baf7af5eae1c2768afca02dc9ffef00a0ac90a9c0ff74ead469d8b061d3a74fffd39ffed4b265cbb4b492fe1351bf7efd73cf3d77c080018b162d0aee33548ca64d9b0e1d3a74ecd8b13d7bf62cc9dbf7acacac134f3cf1b6db6e9b3367ce902143b6765e6e673be79c733efef8e36eddba6df1ee53056ad4a851a74e9d705a066564645c77dd75f3e6cdbbe38e3b8e3efae862bee502471e79e42db7dc326fdebcad957ceddab5870c19f2f2cb2f9f75d6597becb147b8fca3b4b4b42e5dba8c1d3bf691471e29fc9f4a2693c71e7bece63b96489b366d264c9870c92597646565856b3fda638f3d0e3becb0705a44193d6801a06c4916bdbcaa2c7a79fcf05f3d7663382d6df98f8f0a4750aead58b162fcf8f173e7cefdf6db6fe7cf9f9f9b9bbb71e3c68c8c8cf4f4f4f4f4f4dab56b1f72c821871c72c811471c51ad5ab5f0c5db6fe1c28563c68c193b76ecb265cb7272721289446666666666e6de7beffdb39ffdac71e3c68d1b370e9e2f528c2dfee3b6c5537c3b6cf1e2c5e3c68d9b3469d2575f7db57efdfa8c8c8c5ab56a356ad4a879f3e64d9a34d962a715fd5d95e4b7b463af2a50f4b589ed7979a0e083caa3478f9e376fdeba75eb366edc58a54a95cccccc030f3cb059b3662d5bb6dc77df7dc3d76c5d4e4ecebbefbefbc1071fac5ab56aeddab5e9e9e95959598d1b376ed9b265b366cdb618b1c1b7b3bddfc8aa55ab0afeca66cc98919393939e9e5ebd7af5060d1a346bd6ac79f3e65bfc158b57ba07ed4fb59d7f1a50866de95f36885fb2579b7054da5ebeac4ff7a3da85d33248a66e07990a40bc642a1547b978fb4a0524534baea457f4010000c02e205301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088540e070025909797376ad4a8d4c9fefbef7ff8e187a74ed83113274e5cbe7c79e1665656d631c71cf3bf650080f24ea6023b62eddab5eddbb74f9df4ead5ebb1c71e4b9db063fef0873f8c1c39b270b361c3863367cefcdf32004079e7a25f00000022225301000088884c0500002022321500008088c85400000022e24ebf5071fde31fff183870602291a85dbbf6a04183c2650000d81d642a5450f9f9f98f3efae8575f7d9548240e3ef8e070190000761317fd42053563c68c8246050080a8c854a8a0de78e38d700400001190a95041bdfefaebe1080000222053a1225ab870e1c71f7f1c4e0100200232152aa2214386e4e7e78753000088803bfd42853377eedcc71f7f3c9cee1cf9f9f9b367cf1e376edca2458bd6af5f5fb972e57df7ddf7b0c30e6bd0a041cd9a35c3bd7f82fcfcfc458b16cd9a356bf6ecd98b172fdeb06143a54a95aa56ad5aaf5ebd7af5ea1d7ae8a169693beba772ab56adfae4934f264e9cb862c58abcbcbccccccc030f3cb07efdfa8d1b37ae55ab56b877c4366cd83071e2c4091326ac5cb9322727272f2faf4a952a595959356ad468d2a44993264db2b2b2c2d70000ec0432152a90891327de73cf3d2fbdf4d2c68d1b53e7df7efb6dddba755327a91a356a3474e8d0705a446a07e6e7e78f1c39f2d1471f1d3e7cf8e2c58b53f6fa9f962d5b9e79e699bffef5aff7db6fbf70adc4162f5efce69b6fbef9e69befbffffed67ea14422b1efbefb9e7aeaa9175d7451dbb66dc3b5adebdfbffff5d75f5fb8f9ca2baf1c7df4d1859bcb972f7feaa9a79e7df6d9c993276ff1d47432993cfef8e3bb77effe9bdffc669705de7df7dd77fffdf7a74eb2b3b3070d1ad4b061c3d461aae5cb973ffdf4d3afbffefab871e3727272c2e51fa5a5a5356ddab46ddbb6eddbb7efd4a953666666b80700402991a950218c1e3dfac61b6f1c366c58b890482412894d9b36cd9b372f9cfea86ad5aae1684b3232320abe983265caef7ef7bb51a3466dbe1e9a3061c2840913eeb8e38e1b6eb8e1da6baf4d4f4f0ff7d8bafcfcfcc18307df7ffffdefbffffea64d9bc2e522162d5af4cc33cf3cf3cc33279f7cf2430f3d54bf7efd708f2d59bd7a75ea1fcbc489130b32353f3fffde7befbde5965b56ac58f1bfbd8bc8cfcf1f356ad4a851a3eeb9e79efbeebbaf5bb76ee11ea5edf1c71fffc31ffe903aa952a5ca33cf3cb3b546cdc9c9e9dbb7effdf7dfbf66cd9a70ad884d9b364d9a3469d2a4490f3cf0c03efbecd3ab57afebafbf3e3b3b3bdc0f00e027db5957c10151f9d7bffeb5b5462d2d55aa54492412efbdf75eebd6adb7d9a88556af5e7dc30d3774e9d265eddab5e1da566cd8b0a165cb96a79f7efa8811234ad2a8a9de7efbed56ad5a4d9830215c2881c99327271289f5ebd75f72c925d75e7b6df18d9a6adebc79679d7556dfbe7dc38552f5e28b2f5e76d965a993ca952b0f1830a05dbb76a9c342df7efbedd1471fddb76fdf92346ae0871f7ef8f7bfffed842a00b093c854a074d4a953e795575e39e5945356ad5a15ae6dcbd0a1432fbae8a270ba15e9e9e975ead409a725b674e9d2ae5dbb963c320b4d9932252f2fefb4d34e7be69967c2b512f8eb5ffffa9ffffc279c9692c183075f70c105a9d71ea7a5a53dfffcf39d3b774ed9eb7f162f5edcb163c7cf3fff3c5c28b12baeb862bb4e800300949c8b7ea142e8debdfbcf7ef6b3c2cd7ffdeb5f73e7ce2ddcdc7befbdfffce73f176e06f6d9679f70b425cb972fefddbb775e5e5ee1a4458b16eddab56bdcb8f121871c929999999b9bbb68d1a2d75e7bedf5d75f5fb76e5dca4b13894462c0800143860cd95a56052ebffcf237df7c3375d2b265cb4e9d3a3569d2a451a346fbedb75f5a5adadab56b3ffdf4d3575f7d75c890212b57ae4cdd79c18205bd7bf77ef8e1875387db3465ca94bffef5afefbcf34ee1a472e5caa79c72ca51471df5b39ffdac76eddac96472eddab53367ce7cfef9e7c78d1b97f2d2ffdf1ffff8c72e5dba54af5e3d5cf869860f1fdebd7bf7d43ff94422f1c4134ff4e8d1237592ea2f7ff9cb8c19338261bb76eddab76f7ff4d147376cd8b04a952a7979796bd6ac59b468d1b871e3468f1e3d7cf8f0c2b6cfccccecd5abd7e6af06002835c92ddef9a3cc7979fcf05f3d7663382d6df98f97f43a46885c9b366d3efcf0c3c2cd830f3e38b55a4b62e5ca957befbd7738fd51dbb66defbaebaea38e3a2a994c866b89c4ca952bfff18f7ff4e9d32798376ddab4e0c2da6ddab87163fdfaf5e7cc9953bf7efd8b2fbef8ecb3cf3eecb0c3c29d7eb46cd9b2f3ce3befbffffd6feab04a952a0b172e2cfe63b78f3df65870196da1643279dd75d75d73cd355bbbffd3975f7e79c92597a4fe2117b8e9a69b6ebc711bff58b56bd76ee4c891859b0d1b369c3973e6ff9637f7f1c71f9f78e289c185bb0f3cf0c0ef7ffffbd449aaafbffeba7efdfaa9d74befbbefbecf3ffffc89279e98b25768c3860da3478f7ef9e597fbf7ef7fe699673efdf4d3e11eec765bfabf1b944fe5e2ed2b1550b2579b7054da5ebeac4ff7a3b6fc799fb2c545bf4029bbf2ca2bdf7df7dd5ffce2175b6cd4442251b56ad59b6fbef9861b6e08e653a64c993e7d7a30dca24a952add7efbedafbefaea8c19337af7ee5d4ca3261289ead5ab0f1a34a84d9bcdfec3b06eddbad75f7f3d75527255aa54193c78f09d77deb9b5464d24120d1a34183c7870f3e6cd83f980010382c94f3169d2a4534e392568d45b6fbdb598464d2412c3860d0b3ed3fbf8e38f17dfa88944223d3dbd6ddbb6fdfaf55bb060c15d77dd152e0300941e990a94a6f6eddb3ff0c003952b6ffb0305b7de7a6b972e5d82e1a0418382c9d69c7df6d9679e7966a54a95c2852dc9ccccbceaaaab82e1fbefbf1f4c4ae8befbee2bc9c5c9d5aa557bfbedb78347d17cfef9e75f7df555ea6487cd9c39f3a4934e5abe7c79eaf0cf7ffe73d1fe0f8c1f3f3e75b34993265dbb764d9d142f2b2bab84d7810300ec18990a94a6871e7a28f501aac5482693175c7041309c32654a30292d451ff5f9e5975fa66e9650b366cd2ebdf4d270ba15b56bd7eed4a953309c3a756a30d90173e7ce3df1c413172d5a943afcddef7e77fbedb76fed2476a1e01e57356bd6dce64b000076a512bd9b042889821b2685d3ad3bf9e49383bbc5ce9a352b75b314656767078f66d9b1b39a575e7965093bbcc0e9a79f1e4c7efaf7b860c1820e1d3a7cfbedb7a9c30b2fbcf0c1071f2c497006b93e69d2a4f5ebd7a74e000076afed78b30550bc73cf3d371c15ab6ad5aac71d775cea64ce9c39a99ba5eb80030e48dddc81e7852693c95ffdea57e1b45845cfa66eefddaa024b962c39e9a49382d63debacb39e7cf2c912f67393264d5237972f5ffee0830fa64e000076af12bda701288956ad5a85a36da959b366ea66d107d594a2e063a21b376e4cdd2c89238e38a2f89b0317157c8389edff1e534f90ae5ab5ea94534e099e777af2c927f7efdfbf249f072e50b49cafbbeebabbefbe3b78a40d00c0ee225381d2b1e79e7b6ed715bf058274dca9a554c2fb2d15e3e8a38f0e47db929191119ce4dcdeef312323a3e08bbcbcbc1e3d7a043740fa7fffefff0d1c38b0709f9238e288235ab66c190cfff4a73f356ddaf4a5975edadedf1e0040a993a940e968d1a2c50e746009af53dd5ef9f9f9393939cb962d5bb060c1ecd9b3a74d9bf6e9a79f2e58b020dc6f3b1d75d451e1a8047ee2f758f87cda3ffff9cf6fbffd76ead22f7ef18bc18307efb1c71ea9c36d4a26934f3ffd74f0038244223163c68cb3cf3ebb418306f7df7fffb265cb825500805da6a417890114af988788ee54f9f9f95f7cf1c5fbefbf3f75ead43973e6cc993367debc792b57ae0c1e0d5a2a6ad7ae1d8e76be824c7deeb9e7eebdf7ded479fdfaf5fffbdfff6eef45c8059a366d3a64c8906eddba05cfb349241273e6ccb9e69a6baebffefa1e3d7a5c76d965c71e7b6c496ecb0400508a642a503aaa54a9128e76b2091326f4ebd76fc890210b172e0cd7768e5dff3d261289bdf6daebb3cf3eebd5ab57309f3f7ffef7df7f5ff4b3af25d4ae5dbb8f3ffeb8478f1e93274f0ed7128975ebd63dfbecb3cf3efb6ce3c68d7ff39bdf5c70c105b56ad50a770200d8397ed2a568008582c79cec5463c68c39eeb8e38e3aeaa8a79e7a6a97356a62d77e8f8556ad5a75e6996716bdf1524e4e4ef7eedd57af5e1dcc4bae51a34613264c78ecb1c70e3ef8e070ed47d3a64dfbc31ffe70e081075e7df5d5bbf28f1a00a8c8642a503a7ee227304b283f3fffc61b6f6cddbaf5983163c2b514c964b27af5ea75ebd66ddcb871cb962ddbb46973d24927d5a95327dc6f3bed9aef313064c890ad3da767faf4e9975f7e797e7e7eb85062952b57eed5abd7175f7cd1af5fbf468d1a85cb3fcacdcd7de081070e3df4d09b6eba292727275c06002855bbe12d17c00efbdbdffed6a74f9fa26156b56ad5934f3ef9d65b6f1d3162c4d2a54bf3f2f2962e5d3a67ce9ca953a77ef2c9271f7cf0c13befbcd3a14387e055654efbf6ed83fb543df7dc734f3ef964ea64076466665e7ef9e5d3a74f1f3972e439e79cb3b5fb06af5dbbf6e69b6f6ed3a6cdf7df7f1fae0100941e990a9419fdfbf7efdbb76f303cf4d0435f7ffdf5a54b97fef7bfffedddbb77dbb66dab57afbe5b4e7bee6cd75e7bedbbefbedba74f9f607ee595574e9a342918ee80643279c20927f4efdfffbbefbebbefbefbb6f678a10913261c7becb1df7efb6db80000504acae13b39a05c5abf7efd0d37dc100c4f3df5d4cf3efbecb4d34e2bc9b3708a9e832d2bd2d2d2fef9cf7fde7df7dd6969697ff9cb5f3a76ec98ba9a9b9bdbbd7bf7952b57a60e7f8a9a356b5e7df5d59f7ffef9d0a143b7f8a8d83973e65c74d14565f7cf1300889c4c05ca86010306cc9d3b377552ad5ab5175e7861afbdf64a1d16232f2f2f1c9505999999afbdf6da15575c51b0999696f69ffffc2778fccf975f7ed9ab57afd2edc66432d9b163c78f3ffef8a5975e2afab4a1e1c387bffbeebbc11000a054c854a06c1839726430b9faeaabb7eba9a10b162c08476541ddba75bb76ed9a3aa95dbb76fffefd83c799befcf2cb8f3cf248eaa4542493c91e3d7a4c9b36ad69d3a6c1d27ffffbdf600200502a642a50368c1d3b3698fcee77bf0b26c59b3a756a382ab3dab56bf7f7bfff3d185e73cd359f7cf249302c15d5ab577fe38d3782c7c60e1f3e3c751300a0b4c85420b169d3a670149fc58b17a76e666464d4ac59337552bc193366fcf0c30fe1b42cfbdbdffed6b66ddbd4c9faf5eb7bf4e8b17cf9f2d46169a957af5ea74e9d52278b162d4add0400282d32152aa2ccccccd4cd356bd6a46e9609696969c155afc5fbe94f6d894da54a959e7ffef97df6d92775f8f5d75ff7ecd9b3743fa45aa87efdfaa99b3be957010090a9501105b71d5ab66cd9975f7e993a89508d1a355237d7ad5bb770e1c2d4493166cd9af5e8a38f86d3b2ef80030e78eeb9e782e16bafbd76fffdf707c352119c3edd77df7d533701004a8b4c858ae8e73fff79301938706030894dd1c77896f004e9aa55abce3df7dcd5ab57870be5c249279d74fdf5d707c33ffde94f1f7ffc71302c949393138e4a60fefcf9afbcf24aea648bcfaa0100f8e9642a5444ad5ab50a268f3cf248e41f356cd9b26530e9d7afdff7df7f1f0c033366cc38fef8e3c78d1b172e94237dfaf469ddba75ea242f2faf478f1e4b962c491d16fae31fffd8ad5bb70f3ffcb0e457ed6ed8b0e1eaabaf5eb76e5deab07dfbf6a99b0000a545a6424574f4d14757aa542975326fdebcf6eddb4f9e3c39755860d5aa551b366c08a7bbdc79e79d9796b6d93f59f3e7cf3ff6d863870d1b5634b7366ddaf4e1871f5e75d5552d5bb62cfca68a9e8f2d1f2a57aefcc20b2f0417457ff3cd37175e78e1166f8eb569d3a6418306b569d3a66eddba575d75d5881123727373c39d7eb469d3a63163c6b469d366c08001a9f3430e39a47bf7eea9130080d252391c001540b56ad52eb9e492c71f7f3c753875ead4238f3cf2e8a38f6ed7ae5d5656d6ba75ebe6ce9d3b75ead4a953a7ce9f3fbf76eddaa93bef7a75ead439e79c739e7ffef9d4e19c39734e3cf1c43a75ea74eedcb9418306952a555ab366cdfcf9f35f7ffdf5e029a96ddbb67df9e597cbebc7290f3ae8a0679f7db64b972ea9c3b7de7aebeebbeffef39fff9c3a4cf5cd37df3cf8e0830f3ef860565656e3c68d1b3468d0a04183ead5aba7a5a5ad5fbf7ed9b265e3c78f1f376edcca952b83172693c9fbeebb2f3d3d3d980300940a990a1554dfbe7d5f7bedb5a2cf6819376e5cb497c83ef4d043a3468d9a376f5e309f3f7ffe638f3d160c5375ead4e995575ed96bafbd1a376e3c6ddab470b95ce8dcb9f31ffff8c77ffce31fa9c3debd7b1f77dc716ddab4491d169593933361c284091326840b5b71efbdf79e7efae9e11400a094b8e8172aa87df6d9e7adb7de2a5b6717ab57af3e74e8d0060d1a840bc5ead9b3e7e0c1830b6e6e7cdc71c785cbe5c86db7dd167cea78e3c68d679f7d76297eeab8468d1a2fbdf4d2d5575f1d2e0000941e990a15d751471d3566cc98a277fd8d59a3468d3efdf4d3dffef6b725b9e2f480030ef8cf7ffef3e4934f16ee7cecb1c76ebe4bb9929191f1e28b2f56ab562d75f8dd77df9d7ffef91b376e2c9cdc79e79d77dd75d781071e98b2d7b6d5aa55ebef7ffffb8c19337af4e811ae0100942a17fd428576e8a1877ef2c927efbdf75efffefd3ff9e493e9d3a717f64c7a7a7afdfaf55bb66cd9b973e75ab56a6dfeba446666e6cd37df9c3ad9b1dcedd6ad5bfdfaf50b372b57def63f4ad9d9d98f3cf2c89d77def9d65b6f0d1a34e8adb7de4a7dd84c464646b366cd5ab66c79fcf1c777efde3d333333e5a5894e9d3a15feb633323252978a6ad9b265f03d1e72c821a99b2574e38d37a6decaa879f3e6ff5bdb928b2fbeb85dbb76859b356bd64c59dc867af5eabdf6da6befbfff7e309f356b56c3860d0bbede7befbdafbbeeba6bafbd76dab469c3860d1b3b76ec94295366cc9851f446597beeb9e731c71cd3ba75ebd6ad5bb769d3262b2b2bd8010060674816bd436659f4f2f8e1bf7aecc6705adaf21f1f158ea07cc9cdcd5db468515e5e5e565656ad5ab54a128dbb5d5e5edeca952b57af5e9d9f9f9f999959a3468d6df627456dd8b061cd9a35b9b9b9b9b9b99b366dcacacacacacada73cf3d833b4213b564329c4079552edebe5201257b6de36e113fddcb97f5e97ed4ff7ed85d769581f7a0c02e93999979d0410785d3b855ae5cb9468d1ac1e358d85ee9e9e9c1d5c20000bb8bcfa60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001091cae10000288bf2f3c30900944dcea60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a90000004444a60200001011990a00004044642a0000001191a900000044a4723860ebb22eef108e000000285532753baccb5b1f8e00000028552efa0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c8540000002292cccfcf0f6765d0dc25df7ff8e5e4700a000050611cdfa059dd9afb85d332a89c642a000000e5838b7e01000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088884c0500002022321500008088c85400000022225301000088c8ff0792bc552ad7ee5c9f0000000049454e44ae426082', 'image/png', 1250, 883, 300),
	('b11c8476e97d6ff1c3c86e43ae60d375d87ed6303e4252adce526574da968d31', '\x89504e470d0a1a0a0000000d4948445200000db4000009b008020000007732dba700007b4549444154785eecda3101803000c030400b2e90814d64cc0566f8e7602539aba1fb79dddb2fbde39913000000000000000000b0be630e000000000000000000002b33470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a498230100000000000000008014732400000000000000000090628e0400000000000000000052cc91000000000000000000408a39120000000000000000004831470200000000000000000029e64800000000000000000020c51c09000000000000000000a49823010000000000000000801473240000000000000000001f7b77889b501445513424781282266902125345c23098665d652d025553c914da923f83fae7484dffee5af28c61e75e4811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c49100000000000000000040ca721c803fecf37bbabe7f8c2b000000000000000015c7e7c366bd1a57e041e2489893affbf4fa76195700000000000000002af64f5b7124fc9eb7da00000000000000000040ca62773a8fdbff70bbbc8c13000000000000000000307f2e470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a4882301007ed8b963930603308aa220a9a25d20a4b1d0427005cbb459ca32f35866086d02a2633881fdd72790fb9f53be192e0f000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e2480000000000000000002065f5b1fe9b1b000000000000000000c0cdf21c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e2480000000000000000002065350728fa3cffcc090000000000000000588c87fbf5cbd3e35ce91247b2085fe7df390100000000000000008bb1db6ec4918b228e641176dbcd9c0000000000000000b8bae7e3fb9ce06af6a7b9d0258e64110efbb73901000000000000007075dfc7b9005cc2dd1c000000000000000000006e9938120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020653507000000000000000080cb783d9de60470019e230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a488230100000000000000008014712400000000000000000090228e0400000000000000000052c491000000000000000000408a38120000000000000000004811470200000000000000000029e24800000000000000000020451c09000000000000000000a4882301000000000000000080147124f0dfae1dc8000000000cf2b7bec7571c010000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000acc891000000000000000000c08a1c09000000000000000000ac04c3c132fb51dd63f00000000049454e44ae426082', 'image/png', 3508, 2480, NULL),
	('5aa4e30ab6ff5c681d35401417cbd252651b054d1ddfad068925d87a8d282b9d', '\x89504e470d0a1a0a0000000d4948445200000258000001a80802000000157e0c0f0000065549444154785eedd5310d002000c030c0bf564e3e127e2cac3d6760739f3b00a06afd01004a8c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420cd080148334200d28c108034230420ed01acb90631e97d27a00000000049454e44ae426082', 'image/png', 600, 424, NULL),
	('2fa7837132f7bc0c5229298e32c3d4f743594b95fca1ac7006cc031100fd5048', '\x89504e470d0a1a0a0000000d4948445200000208000000c8080200000002e98ea9000002aa49444154789cedd5a101c02010c0c0d2fd777e14221380b89b202e6b663e0038fedb0100bcc51800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c21800086300208c0180300600c218000863002036dadc048d2cb52d790000000049454e44ae426082', 'image/png', 520, 200, NULL);


--
-- Data for Name: rehearsal_mail; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.rehearsal_mail VALUES
	(1, 2, '2026-12-01 21:44:34.00913+00', 'an@example.org', 'Rehearsal in May感谢您：请填写证书上的姓名', '\x20b07dda8cb9b5b2bd9b991529ba048ddafc13d041f7e81817713fc74231780bfb8e38b2b4a0d0c012b9dc7cc3be979c08ff968a0f454d3aa3e9ee380d80573e332361ad7b89415ce7fdd08cc89e295be6700f40950fe9f33ce18d8bc8ee54a7332b9c36919bb588e9e1c012cd1de0887a1489db8bf58900cdbcbe6ef78b82445490970b32994c98d007e8a6921194e1e2d902f9400e2a8947b9f15667074ef996f375e3e930f278766466acee2d140727dea389b840ea5557c3d0606caa9f3b38dcecb61feed6323b1bfb2849d0883411cc197661e615f096718cfdc689e1575332352f59c2dda35477f85968902f1019ba4d7181c0f1bcb7b4cba9c88d7e638e4fda96b5ee9f6aa32305620bfe7b9672adcdaddafb74251cc582103b9739fcc2c130e6c2b57c23e2e7a118c99618a97e13f2a1e1d463f60cfb47ea1f554be540c3332af8abfa916854a67d58ca1bc8cf37a88a3f35e03c5a2bba0f0e6c4089f8493908a554015526ad205bf0cca70bb5dc9fd497a8fc76d9dd856cf1f7cc7a9ca3b3ae43f0b238c8434d1b13f5dc276613c0fa41109687ff8110da129b43c62ce8fa6c2e5f939a9cacb395adb2e5350fce12d53a09ecbf9d297f1ba168abdeeb825d3425d0bc21e27452676caee59ea7d5be90d3155fb3e5b9235fa32c566b3da35f743001879326a7a95cb4684d12878da35954dc7573960b176c58db6ce0848b51ed389ea2bcc4fd26cbe6c982a5537d2d876594779ccee50263051a103ddd390bfe0870a4319ac1d1195489e125e262248e478b660a4d55558c4b0482916a2fbeb0fbc3e59e22d9854e3dd15b0c145f877e95508c32c3f2d585568a4e27fa1bf6a56e21db4b4207328c7a0f86a4aefc03b93cdc24123d70a533c9454f6929b93240af1ff0dd9e366dcd477a1f0def01ef4493fdaadd31a59814551cd57c93220ab4175a393ae22480444e0d7473f7918a6aad5e34559d0de73c6655afbc2d6cce8964ba1615ee5dff3722c1740a48b87f5f6f83f97a7c2076b1b30f3ed9a22b4a6273a9e0f094631bdd791f5835bdcb6b0ab9080c0d34b38120d085ec307350c0df05d7fe088d790ff11b572ec7e229a18f489ce50f3b9eb2517d166c3723a238bc0f9ba64cd7599eb3c999a2071064df8a2507054d3d173d497afe7471676368c15b6197869b469ac7f696031d1c9c3e1a4166e3f4c7a4d677defd604c70523834024e6701d30060d004678ef1cf0dc60abf35e070a126d0db648c017cb659f86f1956716e97b4dcca866895a99aaf9a03c2ea2a05b27e8ef32f00ea47c0f13ed6413ce1da84b0a8883fd5c7e83daad0b39f9a1812323dccc5f1061e073f4dc40f93a95b7b0d18fddfc6a35e04e5722e2b44ff1ef67248c92c908b942cc36c6b81a8b85a3bc52a44633e73bda5ccdc93aac5448c03e85ad743100387f9f1eb1680d09b604ea4f92b10bfd617af3e88d1c81e21d873e852e5f689dac405dced0d1c17cb1dbb2076fa80b06e2e763a47e56ef1aa5ed45a098ef218464281927e6323742b4634a57ad025cc1edd51c89f8b2ba76eb4a9672afe5c43570f99413ae7a0c76a4de35b2ab79c1f5440c79e95b46542152dc08ae61ccfce88c7b8a47b49f73f040e230ef461296b45b7ece80b3c3b0797ce7a1a7488b39e157c0d50333a7d5bc4f0cc8a2914112afd81d73e3e56336191e7c74e2d0d27d4a6a2ae7dc8d38ed0bed2357a08ba853e4f2966630c63c636ceefa6b4ea23bff93d5c451cd2527bb30f50d5779e2cf49306928163a0a5ffe9d9a1b760837514b1ea15b45ab86203d500850225cf51a40a92e1ef887e05d532b4a8e4a96a8044ff380d6c39d76bfeaea10e95c281f70552e3ed777d59db1a24979d5b2dfa21e5b218d786965c9169c4e7d22de79ada70c431e78e52b78c40cad6321006d471ffeddbd80db06cf2de785d7ad53b7bda4d62fec201f6331cd9adb20defcd21e83d8f5bd6ed4970c6aeddabaaa01c6b1900a5009252113640e112fed111fce23a0443ff86e7ecc6d140bbb15c5267d58f2be3618788cc4f991d413d2700f06db9f5c07b10b9d3d29386ea88d886915ef9bf5190d6a117d9f3198a7e0510447123a3b5059f2183ff76559e235b17b854fd26aa737727dbca8872cbc134ec1b4187929a00943a973b860fd99ae066610a31e0ee0e2e48c679eace8246850e96b5dc8481078cd12e144c00e83f496f3ac4e75a3b04802df231f2fdb143658e385d60191a952109621ffd255da0531ebba407a35158ccf89b2804f5119c1f7aef5f8c86dabc3f9574030b2ce30676fc9b0733152b7f82dd4882671df3d34e7ac74268d1f9629deb1ff8106a0cc25e36bc99c602ee7382212f5673bcafa7d41019e7a1a8c0df173ef16fb3f94c5a5afdb9f180975f38e7cab06ff35eca33ea680e28e021ef9d6b9ceb90d7abaf13984b98b3f7bde38b728a7ce3e0c54e839115648b3cff200309105c0c42f3a33ad6dba99a45df5ea3aa9ea40427c2d911ff66a1a496969a1426061d21ff74dcbd6f6176d7481e4df321a8e3795422f701352b525de95911292368a806ecda0480b1699f6d08d9fa0fadc745ba76b52d3db0a72e07bf4c6ba48a855312d884cb3727ed213411ae8ad619970defdedc84b03f00a6a08e41d952334643fe5e4996badcf59dd78f5e30b879155a18db3ce51511f281e54900a64eca954227addb5bee68abddb4722911d330fbc285eb8abfd639775d0777ab6daf212ccdca52d1de782702cfcb2d071e5596f42f44b2dff851c6a9188262e1cedc50f98d9529c83beef47a9218f96230eb9c561fd42e8c27707580499b1b429c307cb141489ce1c4d3653d374311300ad3477667dca3384d7cb0ee110d6f1bb40ddf6a6f9545dd587b525a1bf1becb16f9514f7d2d132901862d617c497a7d40759490dfaf0d8d143f0a0301f420312762574a568d4446226a32f5d2db64671e219e034e9af8bda0f968f562ea4e9793b8391d187af6579d517fcb7f724b0425be6b3d57f59fa17f32d1fb55565090a54ba20a7eb8574bfaa3e1bda181ac3d87da5935c00acecf341261630930976c47971823bb1961f3b46bb3f412abf09f3022bb5e25406eaee979561b8bbd0b364e7c82f21ab9d5785c13ccddc5d53b81505b239c7d95dada56d10fa9d7e8f77e1824b7820623256920085fe9daaf99aca973db5c16daf4ee15faf6a929eb7439edd64391f0851ad93732e162b3e1636a230a13a50ac369ae83f74df15f636ebae71fdf2da211aae7c5ec31bd087c0ba2222bf5e0a5ceaca75d0e12fa1d50f65b0b2689af28d752cf070307af2a695ca980b65fb999373316393fa482128df696b3b60becdca1884d681a60592c65f965e91ddead0922ea47bfefb44028cca8c246762ca3ee847919e536802ba622b58835ce2461c8da7b9d15c417493be04f7e1193ee61bc4b0764ea0dbcd5714ef8895d5b234f56c5c352af011a274519017632b5a10d5528390c7b18b35a44e6626e654c3ab9ee0231c5ab5953bc8c374d3cf190b8fe03365da9fb35edfe998660c039425315fb480521d334f901c2fdfc0a8ce2edc074d79206212747a30065c7e56f9e7b3afbe58d838a23740ec7c144d1115edd2f6a771327b07cbf52a7a688fda44a89c88f2506daed19c23b4460fa1eb43b75d1d57591e45972981d7f8326e0839aa733cf6af002a6ee8e088c9a24c2d15d700a9150c87ae7ceb455641b7e371383270b6b333e50718c48acb90cb94a2fb64d22231829566477e83a2bd65a8f86bbf644dc9dd29ef6c971047d8ea89bff58dc57f6b1d860a67b0398e613416babda49406583da8328d654d909826d108f6a8b00ab8da27200d1507c28509e1b9dd39d6ac4f32ad5f3fb5bd7acee2491189b59092cd13495f205a6be00ed8dcf4ad0f7970d478ae6d47709441c9c11567a5365a2fa7ecd55cf8a26b318a9339b73f327c06a2c4c50b8a25419f0b316da42d7761a432cce84351c1ffad0c04088a39e2cd51f01af84e4472d5cb952d0ccd78ee9159ef21a10f33c98f19700972860f6399dc82049e6be452ebf3ecbcb9da72e70b0b3dd671a910d40bf06af83470ae9115b85296db08d339808c6621dd9fb0879efd5a5e7f1c8e49526abfde6ffc24e9a98949a9cd36a855643bd3fbcf7bf6ad2477cc0cdf683fa5a42ea7d524fd4b93dc2ec2282660535d785684efa0f234bb01ee80792d350863d22c71903fff52873532259a6002b10d9fdbb1684d36a4103a09ee9925afcdfc55425ddac64fd9ba6f5c3a7f2060cce987586caf8c800e0dc9f18ccb3f99d89bfba7a49208ea1cbaae6190ec523344ae978b5fc1ff45fef60bb01008256eeee49f8e011ae9b2a17b96cb68a434444e9d72eb0afd6e998541b1e010859733d5c8efa191983eb3cfc48162947fa8cf37500d117284721393240b23934d6638d35705b552daf7fcc37cf3f2e146d4d413192393e6a537b139f26d4d8583a4e59d1164fc4e9ff7e2f785cbc844b23575b5ccfe0b4708ec1b6a70b5fa8a8ebde17993354575bfb507e9f358d928ef26b8fbff523288c0f53b914f6f83a71bb7d3a4705acb530e34882b0cce6606f9dd9df4dbfe9d3639794462fe89a7dbfb04f7760eb699e5895dcb36e9af37a43737bbb10517bf540e739136a5633b62ae9a6a624e909c1fd630f8abc9e7013391d13b250ad4a9578cd45bd4b65978bd3f5bb0bce70ac7845ff31d01db6cfe0ba6a0868bc323fd91a6e58bbf0e003305d7b2ef840a67936308da75a95036a11d816a9d2b21d23cfc84820d6099eb3f661decdddbeb817f1b49e803c7498ac2258f1d13966a81ea709b102800207b48eea015ffba6c9caa11e441986b13a72320d71f27f1e01c6870f8598303144724eb940c31e9874829e6bd8f2b1fb486131b96af94f14a4ee4cf8c91a7aee919b18a93fb2d1ad87fba5c818c619475ef9e2f9b0bc8c195b11230b39ec3cfbb1442f88e80241cb1997f9a51771c32a421cf1b55ad5c7d9fa0d61762e0cdb8ca1a309bed86636c27abaf87b092968bfdee4f5671dfc6b40cb6eb53de334ab3c9c793bc37a838944c8aec511fb3d91462bff3975b0faeb63159262eed348cfac634f0e279bc70302bba2193fded623aad1b5feebf9d55547ed897b98ca4153f5f10a9dcadcb8f16d4e3bb649a3aa13ab67a17f220aac97940a8d568298c8341b9c3ff0219ac4d0b16d3854893edbf130dfe689a2a86c8d2dcdc6e517c9dda591cae00ad0f2a278c19b77c6290eb47a8f1c652336d924ecec8caa1bbf532f6b9955ef264549bcd4af08c930ffa1ab50bd2b1146c0ea0394a90cc33658f5c10a3de30657dd75a6c394795702e83eb7d9f2b1e6597e1665b00ab24d32d90a9cbe3f6f86d25c63072861c6435da314e7c6d55106241c2daf61e6219fa97f444dd705e82fd0a76e4b910db941ae264f232fb1caadc51cecffdb61a06b17b282eab325bca442c4a388625579af2f22237da0cf14e4847fa566397ea39a04a49fc0b0b2ce7ebaa90ddb06dfae08724dd69e665d787ebd9f2a986674dabc3beb2081b3e48ef4b16ff9c872b8f11906be48ea3ad6e5c6fb11deadd9bab058ce4b6cce3afd44f808097c1b8c94c01ff1f1c8c6dbb6f98f0a7f74ab05bfc10c73af997d2323d72cb52cb9e42de65eac6a9d34eb68ae1260e5de879694b0c28f91aa1687aa82eb6bdfd4979cbf268afb9f8b81aa33b22fc06cf0a0ab66d81944abb2731951e4d13c2cd7d5431f3a4bbbb70fe4f53affb2cd33e63564632dbc45d976904444004ea34f8c64197fcf840acc51b3f382995f830b85e1c725e899c063a1e9c535dcddb797b4e37e253f5979ba3547be067b559737e7aa7a055547c47929f10c6e3b4b8fbef12c50f686f589d5ed01595b1d9b4cb9f313f5adc0815c7d20f0f8563b4d0b2eb29c3eb5139e188d4be4064e97a79c7ebf4157b2c280d02c3459d972d2ebfa532e9a2e5add924b17021fb6bbba1af2f7cd8ba46351f3f267d4a54428936398813b49402a98024e8aed93ca0095e8ab1bfc979a5a68ad7aefa55fba06da6587d029f9ceac2ef06916d658f36e1c2f8f7438baa405dd076d8a111626379c64181115c1a23aa356b406d5581008a82fd0bfc8aedc1c1bb42920d202c0f3ecf41df60212ff7970e5df2b2dc730bf19c0e88989cf510daa08cf8a59612e6ab9db70a13f881bf7954d9e3cf47214a644725c0de2e9aa2af015bddd06a44abec9e6fbc2271f8d64d3c6a9c4745b1a2dfe85a00f26c05847f567cacf88800775a8fbec73156983fc0faf9e195f34ba2e391171aeb1e1e9f5d091ee1a8917c48f4810af0966fe3e41daf47415510fe157f63465b58a89441f8e475566180f348a83a3334b55f1b360cdd7d01122a1db0395d35a4fe953261c0ec7720be68f1853905fd8d6a028a7461c79ffb0773f8ca0387d478fd943d55cf48f5aeab9eb3a81dcbfbf1fd46af6918ec91077a40810c6611da07417d36e0fc4801c1df2c5b0205bc326a9809a7ebe766f8d1036d88b7ac10e3bd490e7838a7cb78d1bc3d89345733cc55b54b070e3923887c07dd3d6d3c9d7d1bd96167fd4aa86f1f89e26922c903cd33591e26af4894c52db75e8ff7dd2d09ba275e581f41a5c534f41a0303a27f9710d5dd887adb20c5a4dc5437b2acf9a0134fb9d59ce18906c1bfe63f25161d74db9e5e1a47fbe0a50d5faa4622f77cf11d34a670808eb27f58a9c1cf17e05dd14425fa53c1c7b049f49cc6465158d9d75fa07943fb9447ea39d0d39eb423ab5f0787298778b9a4be04a4723de1dd90f3a410d6818929492d7433ad027a61e820993ba57d5ec285a2cdf236728b0ec406528b52ba6ca83da3150cdc3320aa230fd695b62c34f0714eb6d62d40a888635da7d5fe9b25ad8b218583536a3ff2db92ac919e5054f1b1a0974cdcad660de4da94d743ade052974cb75a5e5c929df780599123781b165f5834b1b69f0a208194599f20e026ee5bcec5af550045c4e2d8a27d9299a1711344fde4920cd6c6d143d3a585f116eeb13b7d7422e54d41ed8e25b1c40c583fa6e42fd6bf8d35736935532daf66c3e28a6f315fb0403a083988596f53d0fd50132d0d86c8309e7582fbb1922a66a8789779b588b52a61bfa53f586992744d6123e346bd5dc6ab09ba05b306fb2b0f43a3de14e728cb0c480b8bab456e0e99d8328725cffeeb48e7fd2ae56ce9c476e567ac07bf80349a5c3b6e55349103e02976f3cc84e2c9a1765b23d43e7f3d0e774cd7dcde06a680a0763a13f687f5c4cd871a9a38d5d4f403786ffbc43a66e6d14a8069bf2b9167596d41e6d499f492639ffd83a2576fb4fa1cef9dc0d2b70fa9bbb0001f937dba923c5b3755d174cf9b8f63065f708e6dc2ade492fb3cb146d66cae66d877ae4f538e3d8ffdbd140c03b271931933c803a72a705f11760ca81f788e9c725b9db83e0936dbc5da7f99de4ee62a77b47b7f761cadd20a1b5578a5d2e8d0da80386e3bcb6e672b20e36a81d0674aee8fa132714530c3bc0c1361e90e0d4d004fdc73e6d01a3c6443b2132fc72dd3ac4cefac6964f16699a7426ea239f02614ccc0965c3ed64b531b739333fe8f7c44d376ea1f977e9f8d9263890f5f2715428c4092f59ca9cae130204bc0714132091072703993474a9518e9ea4236e930f5316e2f3ce45202c448c774207fbf88932a735fb5d43837907863a9ac0e3a6ca4185279b5d3df4347df5b0cefb9882b49bfb74a6f01161349756c8009c414501ddc413c875939562ae8bd774051872397793dcc197a3ea81bca39611253cd65e24c9e67320dc7f18832983952cb5b503d76e397f286ae05018bbb9958f6c5e6094eccc503f94f527b0241b1ef973ceea133696def1ff9e6c643866564d330b926272dafce089e2ad37b879234590db3df78bdcb4fc8e50f449d790c5b4b007252b7c45dafc6e0fd22c7b354780ae53abd7893f1d1df62cdff6d4785bb72d0f3cb64d1bf668b0a4aa3e6e7e0ccd12a2945af3d418b678bb095031b6460ea7215b210e9c604d75c952577806a5129386797591839454dbf5c918e8094de8f2babb5491b70b4de6ca10531731503650066b40214cf9473d18b12f1322727c418f381a4e8f2e5392a5747be22d9cf63dbf21f398c058a5533f597f75f4527cd63e084cc4a74ad47ef788b3ceb7584daea5b6b63af03e53aababa7a4fb23430defe8512e00d5422c1c886cad0a8766e0de8b04cd43b44ea68b9afd99287e8c6c48b22b6297d172af9150f7b0afe00730fa287e5d19729abbe103c5161ed91a9e5cec7688605554b62f04dc58ff5a3f5ff4e615be1c110840e78fe6c89b2ccba16f380a58f4e92def9f9effb19c6c2d03f5a3af619a5937eb557091347b1fc558d5bf14fc1fb9a55b1cc999913d725e7b86a6c625e1af89951efa1c4bfdf8c618d316f4ffb3129dd9c9bdf3fd9a711c547fe1fc4ce17ac2d513fde4655e93607db756143198493d31d425572f037c9b051e97b783e9075912c6cb3c913e9d35cdaf0ff7dc5fe5bb9188f0e664d990f17b484dc3d723a11f259fa4b356579921c19832f1fb8109b64d6102cff4cca39b5431ca98b0ae1e245884551bb2fc9cebd145e39f13c5c56788e6fce2c00be675f080e2246ddc673388eaf8f87a54ba3b2e8002f8fa8904528023b284023b54accde69aa9783b91b82aaff9bf69e15601536734705b9e35c58d54c8c924126421721366f0e0ee4d0f30ea59b8d8dfbdff23a72b0b55adee5b6e9d1889c3c2bdfcecef75ab828d097be2181e4a4c9e1cd6e61f26d5e3765d90a9ba61577dedf3cb2013aae89479a3feceddaafc721b3a54c19ecdb9229311a7211b226353ecc17c38a2e53ac52383ed8c991d030fbe03dc5dceb2102aac60174b860b29a80f70fd2894370064f31c00deebb0a3300519a73cf5700a014534ba17b31437517be7dc95c2b00c3432609466042797b4a7f4616b53ac7a49c514406b6975381905b3d935f9796108af3175ea0e5faaf14bd502d92d96c3dfa9021bf2b209a3372edc5fc38496f8657d87cdb3449713277e6252c98e86d4eea72fa4a73ed99783077ac4badf6f0e85d1c16e6db0c78fc061e954d1c49895349e4c2adffac904b2b27bfaf7bf3c1303c031fcde9273bcb699be08a8ea30de9da038e9cb9b8266d83eecd871f4029da77cf1cf589c3e993b60c91413bedc8d261f4f0de024e69d68aa1f23d090ecf974e4f5da160dc53a3f830565fe0a9dc51bbf4239f68354e4b41741995d7b63826864b0fa10eb480e61d08901e9b5f0f86d4f21597f4964c7e37ecbb4b90c9f2f80bb5f5ed207142e0d7421dc66a1b661371106aa6bff670c55b9045038d728ff7450965cae9bd39220bafb321123aa7ff90e9b3fe1a7c1bdae913aab9b55da7d462237965223cfcf7ec95d25ec2722dd9f284e8e312ced5c3070a1669d9562af025ef4888c6a33aa249528b54c390fa789d6f1ee4f24d6bc46df15e03e86bc2346e8600a6bb2932e9a063ce7b7bb553815044590105bd90708c666a250b900fcfc01b165a1b7fdbe881318cb9d0bcf012baa55818e060f66e4588b0a9481766a627e43a54b93147a9f14837233666d081a90a8f424d4fd8687f23696dc45306426c4f9577d89014a569e73029498e12da561df4ca87d4077a24ce88ff5b768a8db2aaa0e45732940e0c05c6b183fa4583cbfc87345391f02cea727762f1d79a674e9fa53e22c96895ad0fd1048927e26071b478d92d9b65c8c4068d92d47c8e140aa1d72b69543358da16963565b9e25230a606b39199299698509cbc619d92dd94788cdc11b0295ec3fe496e9c6893269c9a3b7836b5874fe27a41035e181cada9a41071c3cc181f06461ea5a061df1d38a89a26810b06335da90d91d9c88e2971058c97d81624aefece9bb2a8567afe2800625d1aab789b6773774bc4630defe73d781226ffc2882f4bd05c053da410660f1298a6509a9f273eeb166650af72bff55878efaf22fc39468d49e7aa49cda2bded8c9319f38aef6141cfcb6e3846ccc5ebaa46f40ac7ca7377848e645816c093ef15e181732a175c69220f7e5906df14c8bf1c9ab5e90e85c1b2622fdd6e254bc4bcbca52d2a30a8c619869ffc54afffa386f2b3825f49d8dc20526884b1e4ad55174c8091ef5ab2006de9c6c8f9e48f4d6a9a22f3bad54e82b6ebd6a48b9d12b983c84026f4c8617a83f949c4fd599a8956d66909b4cdfefce072aec202bf09dbe0127ccc8c44936b71c4e9024860e5aea88d8742b4e60396042074e24181dd3731d6ac2b62d8e7fbcbf4eb87b2aa03ddb36eafe79ae4fb9f05ea005c8775929aacf0457d6f0a19527a49f12b715b2d189ad044c1754799e9eeffb019e6644ad1bb34fdcf64d77b493ac44a36829ae4d8156048e6b5fe5467c3907da799b446a025081f91cde3d460ccc89e7b2492891f811aa9458f0894745f57f03ba23de8fc389bee575d5bacba8380c303c593bc0b071688b782dd2fc1b29a262b590228212e8f5df00fb4a9f0013d8daf001f840df47f42928c8f0a401aaaa67bfc79922dcc06c67c915b1943a63da8cb66499049168a72809eef00aaacc8aa5db50b324f735b3b7e7156a0b14212bfa795689779eea6d30b5af54acdf4c1a176087b822781147ddf05466bf88c6bfc42c2ea125ccf6ba999b2d42715e55048c5373c521289939fdb059aa1345ee0a10309a9312ecee240fb53f5218e5eedeeb816e8aecc3eea19288f0c495c90c49761017c00038a050566fcf1916f3a400b1d0bd9acbb1f8335529ea6cc0e01ac6afeb3bcfa2b839a2dd42dc32361f1f09625a186748c9654ff9d60d2719c4a2deb1a408624e342717acb80b4533f5e3238a44c8c8f245d64925f905f55e2cbab5c5ab3c7925cdac129d5bd711666855f0760dbf0d7c61b8a0d42bb4aa00bc5d0ca12b77e64ff358800110643bb120d907afbdd651814a5c92a7a78943dd876c8cfba2908dbdc9369f578eb698e5c2d23f321bc721488195c633eb58b57b2ae715278f9a8051cfc5356d58b01320de7db979353f13fbba9c378bd8f737b0c37f72b0ee94a0d013f91d2aae0226604ce97d720468f245dfd74192a74afb258f8ee2eddb14a8d956204d46e5c206d63c519e0be4d48e77c4ec15e50016d46066a066469baa5156954a5838a3c67b6ad042fbde40a1226e0dff2455546e85dd2eb0b77aa9cbf4d82ca84c87f5d1063274eedcf98f77fd37c754a7a578b23e1510b50ba0f3a4e66a55bde32a3acf6b447fc5330a3366ed314505f6ef25131a0f82c33cf4a66e4b62d60c304273aacf4bba7aaf805e6687204cdae61b3e5cad74faf5927ea0d99dcfe510c60e38cec2e78051e25cf73162e863f9e74b586c7d96d7cd083e0fd19701cef5c5fac0d9170ea5ffc3a159d047f16495a5ea6d90d8c2f7877615401097502b718a7cffce5ba79397a6a678efb059d1c1ec12b625e7697010dce5f94a8b59fe9906839bb2a7a117183c21a6cc7e3bb0efb76e05627bd773acdeefdee829f64e252525ab56fa4807f714456fc2edde5a7df44a69ccff212d2ea221586d340ccb7fdaf9b1abd7bb8e0c1b75ec5e2379e86045c624db7ca4ebc76c8ef006c29d434cd5a6eeedc5eb344110666c01fbdb16d9cd19134b3a1036a2ccaa4e737b949b60a2149332c9abb0437777e4be9150dd8eb55d39a316a6276531fa118d7be32cf63d9286f356cb7df94505f66bdc6b9548158ca6c704f0ed2f32401a8b9b813c72727dd9b3a116065fe74c64c13988170e6dbf056246c3521aeb69e6bc15cd1e83e9ccf68d0a61b05fb66954825cf8ed7d3c95c160220ce47ffb0c941a677c5e698a21c946b86d1e9bf7e279089713099261283eff7a5342057c77c0d35de81c709eb731256cf5f97859e93747a28f6471fac9f4a02900bdf03526ea5106c654728a04b416eaafca6a042b78f90fb36f65d7e568148d00e5153b8ecbec54c45aee11e3326fddbf9a00a5d90094fa03d7b1ca3d37ad5ea9330856bb302b52d40398a7430bb56ac6409fd40d5ed8933f084fed2c14dee4329ea02c12899a9780c5a247f01c4e6799fafe2471f19ed95317466156e084d67b200cabecf5d2edd9fd4274150870da2c18ad37d2532d64afcc0c7e25ac8d484723c804b36f17152eb4c323f888f2475f15bea25f47b2e928ed1d6ff44f5ae0c4dfcc01ef4933b1bd66ab17a51bb6c26f8a8fba7808e3a78bf9b77f4e562d221fad92674e8a509d5d539669599ebb588f5f12607a7f7400364049080d7e59521fc1b7b6121e51b1527d22c9cfbb1c78568e2143bb9df5cfe5bf2ba8ec7c44713fa8c847742725a007b89033443974af6d82cd0eb42d8add50229e0ffade0eeb559b455618cf61957c926e38bae6f3ca2bf9a091fd4a2a5d73e6bdd9a64ba826c4f50357bc49fb2b609576359ec1757e076c9fd488147fe594f519d38ae164a4877b9b09530b026444aa5ad10ae5ec96fa8b34ced77d1bb3966c46fde574bef729a20f5e08b1a4eaf75f437e12c647971650985dc5b27323249bb8721edb9f1e49623ef6a09a0c72754ee117fd4dbdf9712553b91f4507e798a01ac2bde8b0f3a36cb6471ac2c674bf20ed5e8cd24c049d66e6f19d6a9210a8150f614c9534c3f5f49f8eeb54a78faec6a65b5f91eef7ade8337c03aa70c7addb3b3e1f302bde54573a94242adb3dfaa9a335f86e67498839c8ed5ba0920f891a00f6c4a7d7af9c910d0108d45d471f0d154627f47de98882c4c42064727a5dd6c5f967bc75cf6b0d4e86dd5fbb87d3c5f7c1a7877dad19e9b8120967e7323b33242b11922166ad506c59c967952137ec78f43ba038f021a6edfb9b35b0fecb26811d82f07af09e8e350c3ef5168fd461198ee56191a94a302c658c6f7b144d5eea49e193153845a15004cdd2e88ca87772c7862bd739c35633ef3817c57b076c3c12625a6f3f0b0ca0897a683a3a1f927980ef8e461c510a310b53ee7c064f2953ec902b4b3dcd5035289e3512950217894dd22fb8992ae59250c0bc0c829c8b47ff10132c9aeb3bedfa94eb6d2dba4abff450becebed0b2f081cc8a98525f883c1e051ecf64c0a1aac9d8984d4b1af39654c523cc522e5b0d1a8783562dc0d16cf2d425242fc38b0bc5f183e245bb3f4ccaf972e8da6564f0d58adc65cb80fb959aa38f28690326d9a24d52705c6d91bbe55ebe0da427fff9dc94e0b4b4b57813c04126ec4ec04e22298320615fe1329c86c8cd2a06b07d998ae6888b6b244e0612e8086a4fea74dd89079b577909bbb7c86f79e18e68bb30b529dc28c1761f434350f367857e862322769d2145270af37026717c29b2c51c22b09ec1670987a900c73186b0d180caab4f052a10fc7c3cb28e648c0ea7a834a4fccb5f179b4adeefafbd1bf2c7eacba1d6682ac7e0858db5957b53220ec512a8c7df5c0c01a7a4a26f0f98ea8fda4687755f84d1ad1bb8fe122f0b3e815190435cc42512baadc0be35a105aa8131b52c437ed0cfefaee992fc9412af862f721e4aefec3be2a72b4bea5e829d1225b62633be8c5569c3ff059383a6f6b3ee144cc3cf4f0ee1ecd6e18d3603ba8361c3b3ba921307989f307ff811dd663775623736eae9e848a6d77314b9ead87b0c57a1c3b0b401e9a87cf9eb1337b41f59180f0298a51a6ee2a27ef9f97fac2a78c895e6dd779ac9957885d8dedea06562af87490f22c3473f6bf77feaaa246a1f039f164f1ffdf42ac5d210722539cb96ca7abde756b0769a7e594e7910a543944c0a40468be3714e34e8b9b1c4788582f3829bfd46758c6951929d7bfd582e758e7034e0fca79750cf92022bed62c8705cc9ebc5d2c325e474178dcba011e905240c30c22e53a1e0fadae495878ed930fe76f9d256d23e2e725541b182a7ddc82f2200ab2d7bef4f4d9a22238c9e706bea74eb77d4b9fff4119fa0be9257379dac593d6a6791651b04582f44117978702b85e11eda952be61bb7a2f034c49f1ad0c462f80999058f925f5ce699ba4a5eae1e3aca85b9098e60f09fe1e307b45cc9531727148482ea88ac5fe1a75492102d038a9b248bb279ecf0200776e7d336b55d40a034aed87a3d60fdd63bdb139a5f4689845a1fcbb9c7680e2e8038886086141a3b7a3c54d3f7620436b35c59d2e1ac5b630d8e72ee8be083612dd3b3d42e70f7ccc2647c6d1ed471700922f74a2c0d32635a5846842eab3583f88ce73a66c1c8ff099840fdce4738c26a7c7f2abb805e9358d7de38fb6b126aa5aca041557f65e8c1c3c9169b19f818f38cf15f0cc5368f952d8b7225487147e54c9c085685996a0ec61e6c83a75ac3b22d358190c9580b7d393fafa0c794ff22c2d67b5c6630e9ddbe48799b4fa0ce53d878a402863fe3acf059335f1a4fca9d379da9724ed0b9ababd2a7ee36d2f64cb48761a6d215c6ef4a66bd57f2e7ae2f9b45e23d481deeabdb2a12441525349d4812348ab7eb908508878646a3b6626eebbc535fbae0a1d41acdf7f78c41a13e33ab6b8feb6b07912e541247ea2cceca7c62c048bed12d212852e89ea7967d4bb888ef87a3d84219ac52490e148c99af318a3a8c85073b73045c5e1fb27fca97637ca09adde7a3fa0a9a851608872a92351953cff0aa128678c03854b5326cb7abd9ae98c28f628b49b3d1381830f2f51cbb861297e199a2943f38dfda22e7f6e1609f8db43b4bbf6e5f328e7ef5ed3d2408e5217c0941ca9502a5a614eae102e47910c38cd8bfeea89a2c2d4e26351b19bb13bd8bcad51f12b7c6863e727bd93484b10bc7581a4f35ad1006627b1c15b3a47569aa4cac1e836bbe1b8b6d7a5027c49070c0512deee37261a2007d6e33235a8c715a4fa13da7ad5180ac89b63ee23977c7419577d52fd9903f592e5837f5b14ed32352de3a0aba2ed4077801708dfa83e95a24990', true),
	(2, 2, '2026-12-01 21:44:34.030021+00', 'bo@example.org', 'Rehearsal in May感谢您：请填写证书上的姓名', '\xd50322bb1788e4351b5a1ec6edc8f08ea5a2d8507448ae69bd63aa7dec33d9cb555106b0062dd73989b3916e8acb224b56bac714c1678479b00eb5621b42cdf4b2203dc59ee1998a58daeb65891b9ec2afc58fc0b357133f3e2f1195a386f8c254f1bfddbe73285db2b9989cdea169fdecf030a20c2d0ca8b0a1466c2f782c8fe139286339b8e21b0babb5c9015293413e3b3359b19e998e65c09431c98e546b6746424a53f0e0060274048e6e15ff524e61519b6c836677cc5555c3b372a83f0a84b2340abb3fd9a9cd47039a7b99d23ba1b9e23d955fb903865ca6afff80abc93f426f96bcb2b511c336f796a3b4a8e8d3c6917148c7496716037f459048c1058af1a259037a34e8a73f604182fb3c3bbbbb58d5aea8ad2a622b0bc664fc7cc921974d96baced51b51750829034f39db9e27f2a241f234c2430565376b69446a1edb8da889bce4f5860231035fa5311b3a922f992678037f6dd12826da89db795be45cc3795d046bcb968fba20371e8f42ba29016eea568c0f424c2b8ee167df3f4d6ac150333a1e3e6570bcdf245750edd07bb2c9ae5457b0f612c840705149a3e44e722ee97a2750fac40eb96327b726b6ad5227ef9ff8fee63d178417f21732a401f3dd7758ee73b8e9769bfc2c95fdebe1772636f90c2293f0565afcf37100cb3a2fc8f134e45ff753e410402470ffc9c8002ed308aa09c9df707faf0a81ff897e9edc1b20e6a31698e7b0c8841f761ab22d9e3dc13bc5ea5ac021826c8654c78a612e52519b8ae2a9cfa3c5d5b2345ddbe0a584c454126693c1d3e097b6744f216f7b965d1ca59916c5352679f1e435611ed8eb95d462cefb8cd3bc68ee9c4ff1a0e6547abdf246162be0079ffbda298d860e6c1e79c2dcc3aa36a3434c17ef22cf07628d2c75003b4304e28e308c6eb7e60cbd31103249db0d30a8c8d043a2abd9a1450b859d428bfc2669683cda971c35472c8986b01eafa5ef695a7e84b706cd259052d139cda3883855fce8e2400c8b2c9b9a398aa63da47864d4eaadf592ba1e1b19ccc1ca069b9c81d08e9021127d09f742fbf5ada0e79bd3fd19da8c8a5c926fa7d2627127cf7a4f05c71cd9eca2ed4d07429e7c2e8eaffc84ac5ab7ef2175b4533b164e63bc3065b3401ed543d3990cb4982167400b52b0a51ef4757443a9b15e8e2cffe43f21df5dbe341cfaf2aa86005bcb5f88b2b93cdaff5d86e538def6a5fc2b52c423bd1e8008abebcd451b4b5e1e1de2e958aa0082a42639858d65f2f4e12e983f0b113818f583430da557e67fafc81cb31ae87972777e5979cb81c5750c6210f5c8759eb303ca6b1942c0f8933241f8463234bb46af8325d760fc8e246b2a3ab01679f7e2c10e3d63bfebf01ea7df1a5ebb9081242b472bcc02b41fee2a5fb4a1f5c226cafa1ce19db5fe3ccf0b155e2cb254b6008666f967470a1874b60cb203d56b942fe5ecc040ed6244848d0b5fbc1fe84af9d6810a068f7aaefea02e830a0892385c2f8531a0d9d7ae1556f4bb37fdbc63c3c6532c42663d758d948e0ffb60ccef43d49afe625687c60bad9e5af7604fc87381f6736acc7640819ab73351f9db3c8399a3d64bb0fc82caa94a475a2518417e9d19cbee3773023a539c26f88565e5b998c105200f2b48a829fac05ed42b9b8578453427b7d03dd9c5dffc16349e020a8d61438065df1f80728b072296e7f3500396b7f0b6acfaf8514c8d84c26ccac389ff751547127fe333bf79dc73280bfdd16b952e504923474401136d4658b6d1204077b5d27905dccab4e5ea5ed67c57df7aad11f7a1b43551cb87d4f76494e435f3320bfa08fec370f1cc2ef67bd1dc6c57af7d92b2b71b8c1ba3882512734b2a44211f3a84f902e423408cd8412df24ca7a7da2c2fe75d1e5fa95170e401177f1c92bccde155708bf8afb370fef70989a19de7b988ea6cc3213891a1745d245baf5f08d47c0403dda25fdb19c65ab2b1d5699250a296f0f4ade871cd066139dd486b58720b3b2c85a411a32c8275636343ba4ba956b93b289f12041e98a493edc8983fe64030d34dae4542b04fb87533b4712e61eb6c07250d6b07bdb93ed6932eae0ae1a537b036706664f2c77dd164e02185df3c39b776f7138c54a048402eb2c12b14c839c32ace5d60989a73a40f8c4c9caa3952f5aff13916651eaa4d84fc7fc542e026deb359cd7dcc048c2633727913f16482b9a4ab03e5bedc9b0211611a1548b499bf394181350486a31cdbffc03b69af36ab679e779f883b62bd1c00c130a199239fd6ce0dada56f4542d4f702bfc1955974edb990e415dd282cced077d1b586c70d1e5727ca9ce9d0985c6a4e29f8898502ff97db92fc25b030598af07b4ccef6be138da9fd8d0df3b2f90c8a0cc7c9b874a234b92776a8b0c3bb49908677f5f29d1ea2838f824adf83675ef55f271f1d28003188f3a58a90093e6120865ce8f0209445ebbca8adcba900dac902d8309c6ac386dc34f82a1a39b19f482bbcdb91b83208d1373984ecebf7219a0c717d6a3a4157746f3a4e3cd2df1314290be2538edfbe56a6d1f810a25a85086a8fbbe59638cc19db5fe116d6dfec3956e305ba6cb7c5e14ce6615f3c6a2515162c49aad03f81b0b224c105c6ce7255c73323072e987f7d71a70978c99a855197723ac36ca0f9db589c1c01ce992c07763d25f63d0268b0b3b57265aae1aa2b283d9aab1eb16e0c16839f8758e998c7ba62a0738d7e5fae4cdbb29a8c609807fbff46c8b2274a10b2f5746613c4bd2fcbd47e941ed86809680ab8c599e7298b3e9378beda371beda0972076c6bdf2b816264aa307b6400987a782c9814736960dfbf182dec36998317fa57d168223284aa7fc498d0507b060850ccab7b06ce6b8ca1831d9b8603d368a5f8205ce23e77e0b376d377b98cf8c91bc24a1075cac598c96796f9b46318f8cc0d2831ab1cdeb89c6f49aa381e58000eaa3faf2b86b1020a5b9d3627c2c60cae2f12bfd82b7e9ba4b5e1eadf5a50b581321cd2d096b693e540b93c498c434be1f5ae2c307b2bb4cf712688f17fc4ba346e98fd64d6217e9d067356178ac0c39d62a2fe3aa3f3684cf614ce3ef9db6325c619bae215daf7405181e0235c075b2442e1d0381a8baa31d38c98dbcccea21f3b142abb3a7295b0d18a10cf99e3475b1367b01babf85764d62caca3867e0c0c55184d2fd5891cdba03d4faa9a4e08ebb4ce64c91e7b0996154816eb81104011daa18ebcea1efb484369f9631e419227dfe88a563d010ce468d2c0007b45bcdc19dd9d675dec48b35aca50ecb12f436005e29ce33bdaaa9ce9f3b3b3d9108ffa84408cdf27a94a254753ce5412a4b25667840751cd73ab07ff928ec6a6784769cf1d369e9ba6b0666a9e36f6f87e5dbae326c8112ee368cb62a0ec7202211bed0d10a356325b5a78c40e436fe127bbe3f2c6c74c4eae4577ddedbfa4740a545daf5e14f91e669b869f943abb9d0cd9f572ba43b6352d1d3a0853092d9442dee47949f9b6cd17f9d2da1071a3d511708ef23da40a20fcc3195ef4299dba7060f4896b2e3f9c3e4ff24314508a0b6fc728b8cc5d595451f30af02a30396e671a42356f89efd8bb7e7fc8a4b56c1c20cf2a165ea6bbf1417caac502fe4e6e0158d53f6ebace85279a8f7782fda86f0d9e712670b5ec37c6ead2ee51b4ca4be3eb9c8c76ceceae9de793e74bc466abffa3d01134703a63a2bf3ab2ce13fbce6912f6c48ef6ba3b58ffe8ecdf304cc4965d5e2bb2c71814d464a92be3c9207c9b7f7969f2135e6d6db501be73c0caa2bec62784b7d97900a3769961f198af4e04fa72af4b6384a351bd5eff22d2e0d449a788e8bc150257a69a62e71e141cf460812f66ce75ceeb67bbc9bfc9cc3597d87c52dea67caadbe2724a1f2f0796a01be2e418b75e14bc07cdbe64ba096747618ce2288a65351b1e1214e13b9f8c804bc6d3500499a528d9437b63de53ba523e8e4d2b3c60566d8aca45a19dc0441685282c2c4e3ef8db0d2b7c2a1aaf6556c4120c40126b74c44fe5f5311940ba14d60a005068d17500d9170ea6f87bce842dc73a8dca22f96db2035bf75f3ae1d8d93b56f0ca3ff6bd6a90990cce03d90423b69d6b13840e422afa42540c0015a781f9556a4cfe246bdb3454a6c88f608f5f3b36f97fcfcc22d6d7b44cf480c3a69158b2af95ca042eccbe0423beaf1e8032d26a3b5e40dc859efee540f21ac7b8709d564bdca208071e7d1a2c97b453fd6b0d5467761d318953b07713c031d53da951e6963c64f7cf114078c459ca6f25df41e37c1072bcd6dc82046fb66c6cf8b5f80798796a988f563a5d9c79289b51e677f1816c8eb0387644e5287c47fb361b73c59aace3b512cc6d260ddca5b6d6c6f1179ea690dd62c3bf92f0c6bed17a471da096c5d483062b32e65e3c981ac470f095ae6d4ccb23a552b149895bcc7ab42d1f1ea65221e11ea355fb2cea0a213c5764436cd80a56f776837254a325810f6f03a1c4ccc9430c3c6139e3d1d34d83b833da6db4033747e7dfb42cd5012165be6b44383e040ca07c0214fed12db9c92662e8f4120de66e7f1b0d28bd71d848d1367311578b3d3998c141fee945a0f0d94d253c3ebc874ff9858015b363570235057bcf262be54e27e18148260e2c55201a34f10fc0ca41a3d489dd1dd928fc2054a4438a0fe1d6ec6920099891b3b82f6cf950aab79db480e8dd88ab2ad414422ddd835f1d6fc87ce83015940aa8f3e1f6f0ffae80083fec1b07125c95d0e0b3ea38a794d16359c3a09336740a3d44921d33df6ce8a85cbb4f1863fb7cc003eb5560a4f0243dface7d388d844c2d23e154d7ac436b2e8cb7c91c25f908d7e75e3fcdccb9b9c8914f0b61b323ed258d464a1e5511c51f3e09730b17ba02d7cfdd522b8d3cddbf2558fea074932ac79ac60990fcfaea556f88f8e2be7a1984123411f09014d126f2ab69de1a8e0914e4faa081ede5ba75a8a140d6bd688d105976d76cf11023bb48eb7f7efdd5cfa59670da1ef7b98b3e01bb6e2cb0b607e8b9d0a57af312a5894615d261e83f41daddc8c8fd780981681c7b643b72de74b5f40ee2dd28f45ed3e4e471c9d84da225799b078a786c122df6c934e07b48276e34015a0550675689dcd795fd9422ce3326472650d26cf4ae905098657e6f3f139e2f0f257c396aab59eb02fec4e3e7894b44142624b86e476787bac00e9b992c189a6d604a61d068e84bbdf0d0174568813eca4ba21f9d2326d24c3ead1335a1c75999f8f9918d9b872cb5b9fecb341c23f8a8009afbc0e32ef058b758cb6be6276f508073c4f7ff954102a0f6f96349aeef2185f371b8f8ec339451018e574e7ff2612a51e7aa48d5a898297301a48fce5dc52b476825b99179654b26d3ead4c1a5f3f0f6daacc413e23826f6cb83cd3fd1b0db43fc672e8912d0d192235b4663456ffeb3ad98713f0588ad1d2600f31b7ff7ad5caf66a92a4960dcfc616c7ce91606e9a19693831ea96198d7041760409efb9838d3cebf89dfb95868a03334f91c9ca187b18059e6c666882e95e988c3d8de4444e699e42d568f6b46cb2900d9e763c5b08139fe7f4fd40c6ee9edb950a841dba720d476758ef68d04112eaeeb6514f40e3ac2923b67c9ceeb6a757d77b4ff3b839d7a774b292ce1dc30fabcf07929ecb2951f131dd4aea03a4f518db964123f3064c5e1d3b860832beb48d04572a4ecb9f1a6cf4bbc7a49e2ac4cd70ef3500d95a5ef204e2565ed9c3d51b6a6325fcb55c3ee7a4220dce7e93080e5851b746baa82940f5c5c10b4907cd13b0a7b38a96df7622053b5ffe9c1461e08d9e55dda05b28c697ef214e03e394e6504fabd4f8e79c419a9d77ead845efb4faed50c5fe82275b4bc6170df598fdd3b4c9286ec5341bdaca2169ed0d68f0beb9f5c04dead1ff47e6d97dd488f5229bfada2b15fbafed588f7cbd19554996e7787c155474eaf8c755e1c97d6f506b47e71550252be07eda805ea7a06e34966b58f9ee048287c838f0faed4b1306b881b1ae7b3c1c163f201d43f90275d6d2845d84a57c76377fae223e363e5b4eac67ccffd4691d0682e32ea3f8a65e612e06c69345f5d1da03daa968ec14f907dd6f40e846028f89207c38df045fb67ced3834c4a4c2e711a155f1fa8c97bc34f95362f8ab32ae0fe2597bc22881f879663a50ca3c122c450cfb013f42dbf366a92d15a3cf7688dd2b0457ba8eec7e83c5a99b4a0e4900c6b6adf165ad8cbe4458147a76a7b81f3f8431aacd409038cbdfd8e083be11a7f1ccbd10fcf73d9ebf9edf3107a7160b547366ec6061aa5e377b5c9d4f2c7c02cf931136c9564a9783da526937076abbd8bd846039a6756a0f0d4a8a1ad8aece0672a6bebc120b5f34c6c24ba1343d2f195b1d48c76f0c3492820d9f20f0d1ef617bc208f4e40bcba4553ba707087d8983a570a3c3b2a3cca2a4edcbb10bde106c434d9812531d3146b4d682ad10951c870972ca7fbec14c6eaf7c3d3e88d09c5e89ebb3f4f2f391678c94087e002f0ba168f4f8913bc16e705ad7112b77b1e2ec53307a3848d859f80d005844903879fc0c50734295b24d2dca28f87fa60f449f3e1b2685df956ca0290bd1a8dcf9920fb01f40b3d9669f1c753c9f93cc9c7b2b889a5ef3ff2d5bdbb5e606024a302fad896379eb452a624a2017034a52290666148fdc309732ba8d876e7dbfd60a7b0b75cd99a01a8d3cea4ea53e222deb8811d1679c2efece220b55c4261cc653808623606ea2a8c938e791fef4c7848077acb5204420911f164a6ca544e620d4316a4b089c0c224901aadfea4b55cf5e68ac67d4baba495923d625336370326dcc9ab07547fcb398f27a7791ddd831d447c9b4119c98f6049fa9ca36daf5b06910d8020c0d49c309bf5d041842c675267e62ca5dbcb5af5218070ae20428af38a9c59867528be097cc46ce56a4d08299c4f355d23dc57ed7c815975447d8a29a62646e9de47000bf67e173feb90a76a7794c03bbb6f151deb5ba8a9ac63d7f8417dc41a8340196427458118954084195d39874d889fae4662777cab7a497e190c535f65a425c7a8bb8d6809aaa5b1fb51fcf0bc4ed4830b25da19fec4d0e19d7b7e3d889d0fe917a0d3dae6e9775cd2eeb2e7e985c717834ef343124df794187db48618fa4ef40ff25e6f3718cb00958b14ed61934eeb91b3c45ee7d2c89cacefde764418c3fb9a1e159215fae3212551b37398748b1142c2bdb82be036d9ca7819ab6236bcbbbbb2cd8ce0683096c5f0edb6ac657654970f20810983bace8aab8766067f7548393cd4d58d2c06c4fd7dd952887716d0420542c07a09c7a41258aab34d9389206002c77cf64ccf82722e15cb51c6c0a015f542a546c65e1f6133b10df5dba6e2f4995c83d4c275cf89c4754eef263fb2230f4713e7f0a8f2691f19639684ab242c8a45976c1bd886aed4a4fdbcecb6bef09abdad49cf82e2acc2173016636202fa7dc63abf3783c595816225fa63b35edb6f9c48e59148fbe868ab1afad80ad4be20c8de90613a3ea62e3efc7f3601de2e461ecb402c5881edbc42c17358f1182d62570eedb4d280992a557bdd2b54e0ef4b7b32261ad670aade725e7123bfcbc2433b1cfd2620ca1254fb2013c70d7d97813fbe9aeffd05b16942f3cf1897a33194244ed6980f39b2ff9b71cbf8cc218bc590a584654829aa4213fe1b5c586a5935327cfc328ad3ce9312ff402578296eef75ae92d0292e6ee88feee669032ae1b54d8517011cf006e938fcc4bb28503dde0be9a42e53470a25d82f76cfd071d80575a64f42f4b0a8f02ee262b2e26e6ab4dcf6704702cc08682c0e5fd1dfb5a58faa6fde4ec4972a80f39bb81b2239e46085f73795ba058f70ec8655736988c8d9c896961ddc20875f0ede3059f1f71f98366a9eb335f9aa58a2124bf4807b2d149a35ab48f02ae587de170515f85586ab0123bd953c4ef4318a5faa5d0ee2ce52ce96ec3c3595015210d1b8451a8cce4ef39981493fe4a53d06d1c8c0e688e8a52b0aff9575034026d3e99294ce3b67efc0db30594f99259998ce32d77967b0805bd17e53e1e860debeaa565eab2791102b285440f3084eca0b019902eb2895883b12d7106f3e6286f81e50cb92e7a21db9b37a9574322a047d49f74155167858cd466c2b31b21ad0c25270923468f14414ba231b3e10d874c9fe4d2cba89ce75bea5cf357c7c8e9854c765b036161d56f90f892528617ffc08ce4054a971cfd8daf2f7537c2988d7f21bd25a8f42d345e4e3629dd02aa5f114fe1981221921e0c602729499a8e468a28e26402f50c3b35e22833f93acea3944c11550251034e4203ce03dc53bb0e7893a66803461a1bc64c4ed8ccd3587ca7c237a56d772d07cf2933d8250626bcb951408846c10e7a943d8367d85e8fd375c456a213a2b87bfa8282a00062ab122445b8cafbb10c16d63ee0cd8c74adf94f78afa17e1a39c31c3a920f5b4a17834c84e5b719011a354e9a3930daffdc77ae22172f1d7b09e2b9e4b2828eea8f360e0ce8c948f22841bb73d7ab861109f73e5fa2c614935b60a5ec9ea55af5a4ba20c9e0e3341f19a0ab4196a5313c4fabb3d7e9c0b4e307cec1a188976c9e428bfcec070a1ef2e29c0f6814429db41ab5d2ecaec2b7d3ee31fa90466bab0292a2bcfd9b202167e84ab79c23703b229000a960186abb719854cf20fd53fcb432867ad1fa16bba33820bdf9316594d94bf83e9722d7ff521bc8d353178f0408d7e6eccf865b11bab5d5f5c740e6b1eaf9dc222f9725064a806f80070a5b47b1d493ebeabf7b3d46370085556b174b96d1740df609587f1fd6fb31b5b705b7a4aa8131a4b8c45583019557aa2f6fc47dc6cd5f432f0971f65560d645894681f0ba9a1bbb27c0dbce21d770071228a5b23a3f86cf873f5b917c3eef3e1d55016c0522d19cd7ac80fe02d7e574c99fbc42244c788acc280995b26037107213c24a123591cda230edc021ed4d2cfcbf480ba0dd884c12101a9663818094ae5a8281bac5a1eafef1da6269192d8dbed17d48c06e3725e0f7cc3a67bcbb6c7f22a9eb98855f903422a3bb7abed6349bbf6a11756c18edc66fbee5acaf95d9e74b33f114840759d1bd3f4a917afd37c5012c4ff0fa9d60f2b2659c901c9c920bcdd45bba1c163c2c9dec669c0be801fd3213c6e8aea0519719146be1672ddb23ad3f39ed74b48901bbdb85c926c9c88d404eec8ccdcf0243dfaf98d67a036b24719a4179bf358f132493ba590292181c82ae9c09557607cfe1e954038197155b8f1de8e2a4e6795e3cdc9daf383f1ebbb87a6f7de66e65e12265612301e39bf78844af882f1d6c89ad0d2bbc7bde0f6babf73967ee077186f675b9592fb26bec2d299de8d8b83c80a7d2c1dbf535fc43659a4183a204e62ac6a082c4067f05e55b67262fedab1430358dc228299dba0c82d193b0b8b5a4a2ffc4a2b227601812a46a95a5c59be2ee30b80680d879461d21ffeaa76dc851118ddc8bad603cab654d5ef19ede55cf6b982d4eae0aab25c2ba47bd400df1b351a984f3d2c9cd127529f61dbb693f831e5e001aca921fe005eaf09f007ebf3a4cfe88ce75734ad46d4ceeb863d0885473e90081ec08115c937fd4102ad93477cabdac26302fbc86aacf9006b6675252944b292a391b1208aa8c053d77502642f73f3afde0d1a64faacf7a33fb212f2e4cf4c590d022b17af5d83bb6a15f25deb3ef9f543723ded3094f98ba67aaa488da20559607d41bb9488ac15c73e23daea699173c8d5533638ca284dfed771f8f00475a9702aa1062595c548678ec32d81065a32c4ae8379d2ac33dedefad9b5e352ddb0468c1b495e09d7dc6dc3246b257cb3d20132492c5ffde93bd27418862dc970c790e136df5c19dc5e60763214281431bd7748b1ba6ebb29e533ac688177eaff538723ca53b7d5e9fc62892adb365f038597d358d32a5262f8e16534b394be3f8c1b42c4e61808c464ec263c859b3742756278a2cb24c6ceb3f26789f5b70e1d92e9855dc9f7f5c54965482afbbea911aacee0334e3f4462e11615870cb9a3960370ef698721ef068dfd8c986c176808018aa8083b15d7faf98585e6e353e2bb3e61626f8abba12b294d792f4750a569b542545bba88f39efeffd9df24cdb5215f5df1bc9fe4f39aa3948fe696004f085e2336505907df18ba83922307802b824db1ba68bb5fd41ab33303a39e872ff428fd7c48d78e7310fefb2f76cfc38fcb8f66c6e244f1417f18eed97cf16a35968a8b7ba27d83d6ddd608fba679853aa19ba0237ad3369d4129d5504723c416dea19e00517f72cf8fbf9c2206c8069c0408f72bb562730716171dff5b7502264617492c5496f5f4f2483e7b6acc1b7f2597111b44c5f17682f8ee560b19d6e6ef2f651e481c518b22d8087a507befe9461994b026cfb4bfa29aea04aacc81acc3d23403b4ab90b6c7a3d39e09d56914ac3f52532e01cf21c940c2b8b6f4b36433c24971e0eb8463f4da6d1bf140b60f0bf1b1ee93f8b87486cd3ee87e0b31de3bc523f6a546dc66f1d193e8ad36be50083094a0c1f4cb4f5f0a119446a1b206af3da2b66560598aa737a0ea2e8a89fb75c0a504dc6d1ddc69799f043023d75021685582d72b89a07251357376953025e6b9b6b078f961cac8fd6e7827a793ad4be82fc28ee469855dba7520abbc1eda8b9b78e34cc68605fe3de3f8d8683c1e954af01053c938f1a9e823fd6d26b3cc86efbecd51b1676a3ea9df38f51ba3fe91260d156cd73a9ac95f78e24abe921f8bff18106bada252a6ccebe148bd3a2449184ed0e44b5251fadfb30d17044b258f90807cf08de2cb0149e16477fda97d7547182c3bdcd86d1e4385d1b6ae5b7cd249ec4c619f01d94155960ea58a00dece9b2c0f49c3c4a8087dcda2d00ccd82bde358af26b6b9419a0cdedd70ad38645d3d4afacaa1d4e72f296b28287bddd56d89b917059992f80ec87492537c7c50acffeec925d3da97270953fbb29890da61a0773bb5777104dfc11c7ff058d07ce6b2d531a8949fa7157911cc385c3507a5292120e854dfe079348509d5e0acbe49b2f6d0b5a06a3fd57e53289945f6932da307a8d224935b18c772ad0604797c07a50e46c01f2bd508a27ede5ddd7ff2eb7c7236838b5b727517279e3d5fa8372791a307b7ac78929ba065d238ebe1d01e0c30a400122df50057b6030719ef38a2fbc2075852ad7e4212bbae4ec93c0b80d458df06b41529a6a3ac23fc34a3e2155ef3d251c32436baae792f5b29a618eedcf89b3c0bb2cbc0c1d93670fcb6fdc7990480bba6b13642b4d6b711cffef8ae775ec90fe36967d076fd84a61ea4e796972ce9978ddd44a2cdbbcff495838d65d60f03275f9a2e00d5cdce51c21e3ad4006a91cefa0df6c08401b5e70c989cd17277762f3b5414c8ad4a4e2a0c687a97d7669961444ccd94b42a19d13daf450542f85fcafd738cc59a97ce3da4625b23cf624378c8ff35f9d424ae1ae4c57ef60dc17eb84aa0b1ef724251c943f83d01188afc62adb0af8fb32b9db6df1afd3c233c3415bfae28aee0415a949153c3c355918540f9e424eab36acd1779bd004bfa9b32406399eb6fe9529e1b93dedb125cf02442c273999844d8275c48c46b4e30ffd1bb714035d475a60e6f091c1402626a18645fd6a986faddcb715052ce77d5024cdc3ae9b551fd11d39a7db60302bc52a532b2c3a97cf93fb1143c27ddc57c859a97effb7cfe628ae25f19567854c11729516e302901f03c458ae03907367f06d9eab074cc3278736deb8443111bad5d4bb4bc5c271ba76b7ae3eca8ccbf8e205d2c513fe944d1ead7976a9c66fc210c5710a9bd4a8c9d227f56b8dbca26b4822a66223962f8ecfbca6cc8890fe76cb6c62f4a33b3cb299cbf0c1fb105d7cfe8c8e7b3117165f1a1f16b3259d12bdd7f4409f4ff31f91d18330761b4982e20fab40691daf3424bd9a173f2c06e553a8feb801eb48232ab83a972f8e642cad29400f706081fbbc87c14c12df5a86dee4b2f2430634af88072e238a4314d1e3a282e43ae7c60e232ff2e5579880d75b227b3e01cfa119c7f63b72673651d9676e0a1847781aba4a4c806cd2a27cc1f76c88cfb09a13865d9ef977bd6c3894fb550942637cd0d7d346346369a9ca74f6091be440e530258fccf316b72bffec590a59a0afffbbe0d2a64f4515ba5a77e167a97941cf7d41b9cf98b855dc33d37fed476c01d5d88a4bf054badc048a92fb551710bd58381aafd7fb641468ba9efe3e8545b27253b5d2dfeda615cfa901c8fc6e72f912073407f6817b807cd6660d435a5538e9f97d00d1407505c87cb22db0772168efb49eb28c23acaf9575a382a2bb48bbd6ae87690ce1b3fbe189bf84d4c4de5b87750c1ea60e7a425ef1d04b244f5b3c6e25dd80aaba6e8c2ba18c28cbf490c174e5f598fa3523f0b43b81241789bbd6ef7b17fea3f2f9244c68461d77b7c463866abea366cbb6b16ee021df461265c889a8e7510638b1090e694cb685135bc143f8cb5953ec88303468daf79a78ab87af343de1e67aab4e6e75e5dcb0f91ff1472a3c92891e5609408d953471014c6ad4d0558e98a02283ed3acbfdeec8c08cc67f733afec3374a0713e8c0e464bc9ff8084431d27b00e3b5789572e337b73428b4d027fd329e3465f365d97d45267b7e091b51d2efde08c97a68c34d0dd32211616a4f651745323d11013c3920d515029c66afccb14346f80d1ca9d24f760a2621dab30a2016796627f0dc5534b589479d77d89e22a7712b092e44f34cacb1be2de449e55f9f011ec5877c1d143391c0c966e104a076d1c6b14603e643147661dec0e7ae32b3734cb268e906118bfbdd813513553e4bba19fa8b5cefedfe4bc134ba8736617e92d9ba1031cc93210a796b6c182555f7810bc9c9820b7628ab1259ff5a720c86f3bde4f6905944460ad63d564dcb60b0879e556d0b2b649c7fc8151fc5c7b515d1d32e7b51ec2a5d706c21bc6f6adcc35305c6aeab05160d172df880960df78b637182f19568efbee01a18d34cdab428bf28751d261ff1fe11ce95674f108947fd43b01c01238ffe6ba893471c9d127dddd9d62ace546410067dcf6a3cd4f97c7d33ece1abeafc27d8428b32ed798bf2ca25371d184a9780eed9640f724069d27b4e62785eb319bdeb7f5f78008bf4a78f82503a3e4003211885bd09726b4ff52bc2dfb9a960ec7a1c52c7f063685c66020b62450a84934f8196b4daac6b0fffe091846fad6bf750a34b7442b8f68e86e9c05019e6fc935dadd29d0a4ab060241053ab4a7b3663ae59c895b93dd8c1b0abd3fb5dc8267b4f691d973c86aed83f936584ba01901ef652ae82b09409c345e08f262dc5dbc5f5f156c681f878f0814880707e908a52cedc189ff9c77e477e9bd203439cc0887a6cf34f083e035d76950649ff375be84ff4fe48d47eff40322afe7126656aa38b004e6698ff75ed677fae54201ed2c3aa689945b8a44225083d0a94299742486a5dcaded8ac2272c2280abac4550a58938333126fd56cbb0a479badf982fdade19369397e9e5c11faff8638683827349ac896a5cb14c39acc0b3ce2f96b92d3dc2b65b7e6d2ae05a527b19eff3b37c6a4ae574fa3917f94b662d616dc1c11b448b126c9e037cd05bc764edb3d0dc45e120a63ced8860dc50f3881780adf0918d443cdfa6c25f83be1e7c341302bdebbc1fa6889c623affe81cd2f4c875361585d3489bc72d3d8d7200b5299383dc1624c29ffad06c9365ae95a78ad83a578f5b9dec6579d14c1a078d325a33ac476f7b09586fe17564b035bdbcbcdfdc7ad867e84cff2a25ada3a2ba27b6d431891f8f935cfc45ed5625232407a4b289206d499d16d84bf07c88441e3f78be34a0d9a47c8c797002d7de7c6db91cf1b9e2467c17161e0121deaad9f57c52c0f257c906499228efe8b8235675727d55fa0d0b3b6185cc65c2d85e39bbc2d5a1ed0710843ec4213530d3ebaf1d7f5280d21c95cd028432b51f1fd838a35c30c4a000145e1f3605bf1242f5f82d622a51d3287115522f0f1093270ac4f3f36df8fe84671a50a1b82d1389c02ca47d15a9f5cb9cdfc83ddc1e35cd305950a0e105324ec392225fe06e846359dd3757de2b29883cd2472e79d7deb982f9d0a225e77c53d738f747984d680d3d9251730b6ae5e48e2a7e08f3d4e408314f4d95797bc3aba5dd8b26480b419b690da4665705c794157082d0611f68b0a21cfbbad65966e005e35b149fa85b6188b126fe989a592eed5bfa343390184f38c5ba3679489640f08b2084de7608c5edd39a5782d45a96cf2496b060ca09923ffc0b471947d8890b00abb3bd85d02b57416ca366a07c4309145415954424e1dba3c499711719b3c8866225ae22652c4e43ad17466948d85a92f87a63d569d633a4f9091c895306bdf5956ce6a8091488ad8f2ce508b14ff652dced673a89ed4f65b70f927be7d808fb2ec5903d66ecfa8f70930ecce1199c78263b10d94db784c14b4e775f07c8f6ae284bd6961b3780e38525f680567f6225725d94ea911216158ac1aec936d6d7e3167c94a561c12f36747d383e7cb24426993b016b476f665009ba2cb3ba870a020db90bebac363da398bb68501da1adc2bb688231648530a58d7e99cb2efd69747ce73296c3970149099067216c3ecbbb08effd25278706b6ab00c1418b1e6c77371545a014c8a675e44b6a0d9763781ce6e70a1be02c061694eeed1f4f6ff220b691732d78b89b68dfbe660dddcc2d3e57bc8944263181a70cdd9460d4f8a36b0817bc232581e04e091961a68e84f64b20455057051ec96f47b2f841e061dcb289df440fe23d8b66b5a2800352f0fbcdd550dcb1ed1babc715f800a', true),
	(3, 2, '2026-12-01 21:44:35.029231+00', 'bo@example.org', '欧阳娜娜，这是Rehearsal in May颁发给您的证书', '\xcd432600e48153d89b058f55603f9bb87ed877f15807c28c6cce7d8737bc9770e423b0a04cf3ad804a038ba6d9de59adc23abfe475239c69edd0e5c1c6162a25e4705b67b717bb6d480dd5fe4ae4eda59e599f7f0455327c3224d7d5d92d807770deedd19c9bb5c9f7b0cf79db27ba53e7ff38063376fb2d6de42e64df6df880060fb11425dbd35b4952f41eebe715766976e6703425d0e34482c124c7885a127186d63d0bd8298045ad46662efc983a7936b844a6d27eea9d369025d05007f7d11f2a87ef433df6cd2407c852224c14425cbe66c0e27009db95937b96476f2c7c9d300459bcf1776bf977ea0bd1427cb9858d25cb60e790682b8bffd6ba5d4aeadb454d886b3dc870c1c7f55c605c543bfa358f0286ea196dc7d2c7d99f5cc0f23f5e9b974b3274928133b886a5f511b254cbb2dceff6d8edaeab02449d327ff81ca4c21cd9a15982c6f6a9a872f7ab88882e3473fa1520d3bb3d5ce0146dadd9052871d577fc9ef719913544cadf514817cc136541b255b6947cb9802e73a0af53d77be91ceb204fcdb822279647ae4a934607e9bfa1cb26e481a9a9fb730d91e144f01f6a429eaf7e50c518b5a16bb46bb41577a48584c8ebcfc8ec35fa285dcb20d474b9d59d265c1ddf69b9de9e3aed28d62e303e11ef1e6573c911cc4a9fe6ea2f4a9565dac51d7b904212d6fba9e242f98219bd80a25627e61ecaebf5c2756029e5173e95541a2ea72d1caeed8602b0ecd0a8f3fb2bc48b1702837c9cd06358e679fe8fe129d289d447e959c78f88f8695421cd75fe5b5ab1a2ced85db19a01c90f73ac7f220094fb30db72413009b779359c1ed4c3cf6475ca9e476578c81eda45c681b900059e35deafd6c42d2d6d259c4d41c7429f2bf56a7059078617d3b0858977d91e5fe0c55030941f69ae180507591854f66aebd8af55d8d34e9921617f9dc62f98370f450c49700db760e1447b011b29cc961da4fc714b50dccf97f91ca3a6d6067482d6242baceca341d0616906fb527bf6a59268475d69d0b26bd928928dd60bfbc8115be821b343046c13dc06c89469ac98a21a569fbfb7cb3bd20354d2b28e49a09373ed0025b21746fb6b26da5a6eac7a978e942415fa36b275b308a0588752aabc1bfef93a9b6b604f0d5944fea59d67e46889db101d1216362e088f4974365b6f90c259eaf124a47f1a0c9964c02c8dc8dbb463d55fc0072e16d6e3af64e2d6ec936cd86b706199bcee4127bfb6cd255f941a244233be5853c2b4a2860f6ca6829373507ff15c58bdc73db0f9a33d5b876e8b6c4e92dfcc9bd2fd78fc1236a81a2b6023587ee3560cb2eaa0ea2824181e0e8742fe8ceacac7f6dc71aa0d2e425654f781e26018e98958ac2cd2b0dc1514cd9ee666a160742d794b7a8a14fb74fb3c0d3e927acd9e36a3af0f49d17c6a8b01fd76a29b41a72f5da449b3bfc4d98c87888bc873e1bf721baccff9724da8e470822c5c89c7707be239eda810aec194cf5f1821a61bcff413e6e51606b20ece8764cfb1d83fa244ebdfb4fcf08f0af56907a4f17eb81928a35c61d2183b6cad1f4c4311c991989850c31b922c7a4b3ce6880a896edcc9ecef7ae6c8af3a974e56d88e023bc82aabdcd514c64d5bbf407d6cc587e504d317dd8dc54bad4cd88ea3100a7d3bc6821ded167dbddd2afcd191b38fccf6f7961de70ae84c1b0f6867189abac449ddf43d6461516e9d858ad6fdc5916d5520e80525094230d1cefce4b6a6d2fbd8f6b09994d83341333ab60d18d5689e5395d297bcb6d7801e2f3564c9866af62cdf9914c4997f0af41f2aa2a694e1f020b25bba804034a7f4c168a976624c044214d69134a09d7ba954df7ff08fbdbf286dcd72c4e2f6ffb7c2206023e18ac007d397315df81f20f7c5ab0e561997738760fe94f8041c7814215769cc05c187646afe212457deff0d00407ad1e454db379a0ca4d2c95518e7f0fd1eeb6f859299d84e6083562af545c6d2fb1c4b200cab7c23558d7f9eb46844bd7aad60421086dbd67cbfba4b80adcd11a4de08b34ff5d4355b1a579ee994d230bcd06bbac3b6e29e42fe4c8ac95e8133830794bd73da97ca2b51c524561c3bf02add38b7397a08105f3eb3ec87d76a7d2b7338eeae9542ad2f0a81fa09a418f480d370961057e7772b3d9645de174f2814d858248a6528e5c67bdfcdc2bb48665084f3ef004993988a92a0692f2bff14891c104bf9882293a3c38f6d1ca96f918f32dd27205dba9feed6771b067511a009abe6dc5068e6316462e1e50f004c0db64fce2f2dcb3e9651f490ce13cf1cb54fef1326e658954ba5fb900f080bdd31ed914078a2d4b1611440fdbb407839b4adc63d7b2895a67f6fe9c302a27abc299fbd687be4ad1cb53bd02fcb725b5bf03c9147d1b46bec5009c59887ad9123a5ec590725247c617f92b6fdd48562ba9cc613f1c0b42ce00493b927bdaf6513a392deb28979eed575b87384a3256d880ca0659fe25c612ba344608820f73495f2d4a4772755c418291a5d26d855f1ff96d1508089feaf1638040f0e2f2180619c2045644ab03dedf186e6fc0bc9dd3fe0542ad64dc014f09e6ea71bcb4c1735adfb84e00be4c8fe43507652b07973e423eaaf1201f1bd811fca510c398f5108357d269ddb444468716958bbd5df6a8744b1fe968486aaa208448f8765b603c36acbee248f01afe789f199a3837222ee75bcea916c21df5380436e5361ec7487b42d854758fb933d115bd9c371bdb6a763719fc079b1c2662b9d529f630a31c54003140a1fff8e3580cb1ffc5a07e79b85e32779baa9a14fe96321a1d583c10bb5fda9e2711d8775a9d3069ff0a4021b7aa3cb36e9d6a94d56329ab26eef46e8474b1696941aff0d4a4aa9351b7089e288174e829280c1b0c34228a4e818abfd4cce82fe5b9a79439fc75386ad64f1882d5e820a738939948c41012f06e2c932aba1042d676572decb5a5989ace7c646735b4ecc3b8a0b69c9204786bc7ff1982ba03ffa647a92718f6deb7cf0b5adaa2857f783529363581146cedb0dba0257abc8d1c6b6ae1483ab9ecf8049b91b49b955d966f206b16c651c27fc16f8e7c1203b258d0ca4d979ca97998e94cdef578f027bfdab755a74e5cfe7f3a89ba06a524541019183f05c9752205ef9d1fd30d253ca697bfd71dccccd142133889d79667d972b6af3fb76a3c4c86e88cc09b1deb33801ecc7721303553ce99bbe40d2df6df0ccad9ec84596db69486637663fe659040c5b0efc450ca41d91d33f0bba59fb9c865cf818154f08a200eaf86ef37c2a827f3834abfad97355058e331360a89dee561f58e42d28a8fd39476cbe91d303819eeeb00801e489a61d71c3a693b80ecbd02849b7069047661ba7ce3be4f2cfaeb75bd3ada2e9b72fad3dbbbb0b3ff8ff08375b567d00c84a4ebab73cbe29636759b60727629af28565e09c025a0dac23b366a2bd21c41f05afa4de5e8073cacf59eac024149979c9f7968c0069bad3e968132b738fe813c30a4c08c36dab269d3c9c5084d5ba3aa66ce85fd072a67b996da480ac355e2e9d9e32f190b254420c403fb9a4cb05eb70b198ab4c21465cfaea61573348b3732f531c9dc74eaee3254302374f6d424f662f4e0ee3a398bcb08d25b8303b26d17a3a2e5df2ed2656f5461c28941dae5fec4e26f8fda333f09242bee9464473dbbef113a506da2544f1681e399d9a5fb96c4f93d0c89f794f30e362d08a211b6109290d234273d97d8b1ee9559512c4fc1bf1cede568427882bbcc77034deb13f8900d9d32055d950ac2ee5bbd02ddd38bafdc0792fbae76c78cd5b892c021883b7420b13e14ec8b4f1dbc5a364d72937a5642ef34fb8504cde21b129656bd274923e1f2516f045b8c07570a4e0c781a33df8e9036f378d3ef12a05dca2b52076a387fe8c41591b64b1d2f592e31f8bdcae0d2fc43ef277a2eab4d081bb6a18fe1aed8b0c2b7bb67ac0f5972e08a9334ebfe0562b1a5bfebb89c86f80401abd7418779d39543b6dd1a518a71b20d787348a3afba67b1f8da23c7303ecdea0aac096fe2c7eecc482e6a461eb544e330ab1a572793f4b9184efb82c46c8d74bb317d42cf4b9d2588b698a722ee2c930a69a5160ff692ce6b3333de74e7df3778e810e1b5f8cb787fa1857c4b7537e0a8331922a9418154b1673f63d46a0eb403909ce891f81321e48643cfecbe8ccb5add99462b26243945512388e41980b27b435d3868a6d606c1b69140bfd04d7c43c309931e1f48094a342821069edcd0803c9e09136c383ad34b39e8c72a4c0a165b7a20c25b57e32ed61949c1ad45d1b9402e31b409174d920ab8df89bb4f6a71ba2c0c3223e05103ad56af5abbe58c72d273006000b8fe0e2cc6c0216f8b94175f4cf545c8f06dea1abceafd1a34940c524d63634eafc801e39d0c9e0f65bfeeda828857dcce664a605bb453f88ab94fac9b5b81fc861f6d4034a998d309584b637e4f846175b59d326a663a0580f6a1d4f3bbccce0800a6b5d0610d9b4b9a16f36d8e11fd60087edadeb0bb3b50694df3ba9d7209c6bacc20f4f8e90bc8f2a6c6fb9e4fe83180ecc54862aab3d26bc72ae3d625d28a854d9b0336fcebadf1cafd490f4c72917b4c223e28b68ea711324703996ae2d1d543d8733db557656dd42eeeb11fc1f1f8c78ec8932c3a95df7ac84bc479b4f38b40ec1b47d7ba28759b2ba2acab29177e4f4376e95575d7485ff57f310dd063fbb05e3e003ca158301aded3f92c3c8d39c46496a8700e766fdc502fc2a268e586303e1acdde7a4ffc1d6dd286e432a30927d01e8b7d013d8d60146a22d62b3ac762974c3680c2ee13dfa32a0a1a94cdec08e2ff87897ac2ef8cafa7c08ca4655136c057b69ef9c4ace62421ac07a999ad5c4ec057935cf95480c643c9e0b1f478198009f8064e6f769b0c5e2f62a08753afba9f0fb61ab1d9aa9cffcbd5fdeae1a0d794c10ee492c9c1a7324a3779876cb3200891139dcd1c397707341a17a2270dfbb499da55fb9556d7d70e1f9ad858a9842fa27cde4ae7fdf4e20928d67ef0842aa436e377bec025df541164fdf40b688875919c3920f4cf26bc7a1744bd9b6c4c9f22f3ed2e04397175d3aff87e46156fdc729ec8b0a138f512c3d318ba471278ec00a6175d8f3062455d3427c3f80f8f299f04a4d2545a1b15a81f524954e2bb479ec08cab9d5bd74b5aa00b66dc8d0c1a9609c26c7d8dc92c23e4e2a9c4a79d8be75ca2743176f58925cc82b8cbb50e5365de22e44b77af7baeb788d5db8bc29726f03275708a06c1a777e04cf55c336de5cf6249a7edd12995fee170bf7ef21a7a3c9d8cc67f18b9bc208fef0db9fc9b07cc26ece1ed08bec4657e943e46f26e418a7b3327cb9100828073320c9d1c97b575c7c9557f79a5b0469bcc50e4d1ba88af6dcfd5f31176cf4684b508a7ee113677b42dff5bc86fe200b56b5395ca00c0e7b317cc1ef21786ecb75753a878b4d75769ae9378a07e11aa20fcd2935503f348833e69374fb3d2188ebfb5e185db665143e74c875f99a110509483847aae1c08358c9ce18666130ad200a262b6c709840f27d97dac659617abc24454236964a9b332fd60b3f85954d871a28ed6d7674a5ebac637e6099b11c27731ccfe07de945a12e23a3d857f0fa058738f5acff569a9467b874e1241ebab98b8a5f04f93e541be301d9482c39f8417a6754193a25f34f39dc3c0923028dd1216913ea3d9d8893632c94d00d9322ae39cee1df3c3b0ff8dd9b8b4d64afa5c431a2fec2ac8e959ac7bff96dc28c8010565d420a775da901cb4d441a3345dff8e41789738f19e67aa8a7b7708d5e375b87510b9757c9f9e83625ea458e9cbf54770c5c9965655cc95f99b3ae634c2867c89c13909aeaaf6de4acb759e2c6690f965f8e560b6cc0c4d0d77ce13a48be21422057388d8a5aea8bcbd2a07a575e7691db8d67103e8912c429e7efbb248b67fa2f0e4b5f056c7c15c7e89015e6f195aa74c5b46d0d75943aa84fc068b343cb760f5775b26754da7b5d1061ba1e973c40bf99b2934c684bd6809671ac47974fcb1e46c39e35a927418277df2272ee83dee7a10879268101ea0214df89d22bd9da941c390dcb1530a8ae7e97c23985732833aa49d8f41fc2a0d394eb17dd235bd9739abe69b426e48a7a3bcaa03345754f7fb11f21ff3776a294ff26cd6a33ac3ccf1ec267c3955ab309b03dbe31fc3b5e0eace0bc8ce5ea35dd26e724fabc0a6e0d673f5816c35dccf77b9111861e443c628140548df3e6d467f1d15deb6409b3044ca5e47e96f72e2dab7f6bf0488eeee25ac42e62f475a142f893ff5c1d9c4634c548b0f8228beb733201387c8d7d201e792ea0a511113126509f9bdc202457a82b026bcdf1087528576a092b741f7ecaf59c4148d339625d64df494a3d1e89636147af79d4e249bebdaecbd69b7fada5762b2f6bfff3f9f029c108f8c7a18ab3263ab92d0f98f8f628a9422c9f3dd268dc874c34503502ec626a65e50e6c66fea20c762618c8b51854bedf5429e42115cf1d11da4524b04168caee4aee35d9029b8a0ee8dd0a098a394232e65a873f61c274ce593eadd619e1be53878776b4fc1b27a42f30f8695b50daa6c12b387200d3c479eacf9d8310e55bb057a4168f6edee2da5839416d4e45e4db8f8afdef8ec2906e2ddc2ce9b52c5ced643abc2439571438cd19a5ab2bef786e4524a91a6e75de556a225924a291d024d17532ec063fd5586186dd723f7cdf75fd8e08a47aee556957054eac94625afea0f1fe94145e163cd03a260231f9b49f77c7ec9c5916a456194e9c2d4c593463b581a5f60eef1726ab040827331339036fcdd1f0bbb6f9083a27a2278da561bfbdeb1be00e2d17f99a84cd3ce295c9897daae7585f2d643f009035dec0186e42fc676c654ed73a1a623d867010adf7584c4b0ab248d1bbffb1d5738bf0fdfbfef595017deb793c318b2b20a8dfd1ca92c7b8658fe8bd26e6c65d49342f5cc8cdcc0f7b06bb5c30f2375ec05ce00eb73893ab3cce196bd84967e35d180046f089faf03ee9b223a2fedd862413e7ef852fd4764b53a7406c54b41fae4cc680296a13405df3687538190b631b4ef08e73b9bc00f8c659e1f92911efbaaf7f3c21cee8425489aa183446863e304b53b41e34450e2a5434aa453edbc14946a7141d5ca73e2f2af56ff016182d2ad599b2c1da1301797f9e476615487933ec7f10d5dba4c2421147891ee0989bebe63703209a58e26cf621f1dabc8231ad3d42cb974ca6e5509721ce1a16d8d7c3bd1677b51490800fbbb8f0c5e2270db814a7bc4e0e01696b2a09c8d039487fdeb00a92fcd543b403c0404983c1d199cc81a71c3795055a6ea7132a82ef1ace5be86438a130fe7b9d0e5377a6fd05622bb60b37db156f7d55d5f717c2872d3a2e1d456249e9593d05c6f6ed7420d5500946db5c881497db85cdd4000cc504b3e514213bc6a5424fc42689e8d7921f18ea98f99ee82ff50573effa86da8aa963e163d569b4882a88d134d9571920edb32b9b62a06c1879ac7bc294a2ac86b3656fb030b606ee58ef7dc4626b9d2d9ba649eaaa70aec66a33e167ca5fa154de5cb89c360ab2c4b104d64780e1d88703aaf53ad908c529b853951c8b7be2237109145647dc71de73393812b8df04ae21529c9e0b6364e5a5ee181a01de9dba843332453688d938bedb06e60ae1a0b227f10338605ba8a4f52c229c62f6a2190b90c32a0c5bc3da4f3944e4c12138d2cbff119e8d7f2dc8542c5c7bc7d22996b70f043ca91a90a41e3d736c5c6ebcdf178c05f5d93fa12ec3c7025fc67cbd5e614239fa5d888120042ec5e444430f1b759a0c1763928529e16da2ae8ca5b5770832226d8ae90f7c0d3667440b62abd6394bb3d06da6bc656fe52c8f143785c090d80f932f98ceb6f92de9011c411a379f1820062858482d0043ce320a742ed952fc5ed83479a8e5d1b744668a4f3ebd59a647f933e9f7a0fb94626ef1d991889a391b6adcf7c3694c204a07f2fc4f04939b4a5640a9aac9498993d66fce7c3ca39bdb6c1266cac3db391e7b0eb667d8c4e1a3c72f2c9f2d8adc918160d5e01249db836f37c62941b13cafb994fc894c59431a988f8dac8a00b49c4f00cf0807fd5c86cbb79338b4e44f26cdd34e7f85558ac8c0aa3da588efbc9c8bf22cb356a06248d05006b5f8e8212017a260780ae76385f05ae543d5b5d01ec55bd02fabdaf400c6c52b8a24718aa5166a43e199e418f9ced9aef3fb6a627020599b345c04d8f75d98835b8029a9ed3339dcfe017117c8e94e68cf99d48366d06e7f7da074ee0aa74f2b81626ac21713874a5784aed45cd2727c18933403938489f17fe304a4368dc3fd39ded883b049221224f8fc18e95a98ba486fa1200e6dd4d4738ea4ca883b8bfab374889e5ac4baffc0a3fdf1e82ed1fd41f2092576ed56b9902770b1dfd638a1c44083a996e8f07bfca7f0a37206946fa113c62031a2671fabe2073c0188e90734db60128e871fd494244832cbd722923f9c781cf9784ad1b45d77782b6006d0802d85f7d7f00851ba894dc92230ebabde36a41d2bc812a1105a44f9551b368e4136f809f5cd500bd5fb6c56d9328408c71f1c4318b52e69f9c17170869ded19b490074bfd0a3c97bc483f58d4ed7c3d5a2a78fff4728876c80fdf445cfe77a738d891a75974085b60002fcf98b7d371de076367e4f8a935898c7214da3c103bc8b1881f2271133b622e90d02de7b4db5f0c4b71cdd0c751f18c5dd893059b5e2172aa9aa5422b41ea36cf304ed708ef3afc5193e0dc2f80ec463d4eaedebf42c1f2c5b42d49f4591a1da1303c325caace12c400b7bfe8e33c7e1feb6f83026531044b1ca655f56983236d6ef75bfdb505d79d29919ca80078b48bc0d4f52bc98df4f120bb20215b888b0278a7f77a3392528258c2d0c07fa6777e5981858ba6f6708fcf47c536420e0ccc953f592314715e25f773d4c55cb47f3adedba6c321ae90519554e6c7cc0a59dd0c13503bd56f372c6c9c3b414955d0d164ed6eb3197c918d87c4db945e99d117341f2367603743906c3a97c8e7ca30de035179539d0d2b488e2e025d3274803ae8577644f220a6bc2ef4cb5f4198e5c73624345ec095e100fd178849a6d8ae86d8402b90bb4995140538a03f89c284bc95df9b55c7a1412a896d5865cb5455fb8177f74e9e7deaacbb82bcf21feb5e7cf3b43d5d1f43517152baedc1e7c6ab4779f73ea8a6aadb502ca01202aa4ccbbfab631b1b4a808df9059013b7fe74d9da00c30be34bf688f5a3eb047ba54f43a4c89267a289d4787ad942fd9d54ae64e4be000f9b33fb870a782a668b57b12d28ace06405b3d95aaa59db17456844818480413d23da598ef1c49e6630feddf9d6a811d34512e26cc2fd60c8a14211da20f900acdacb696b0a42b6a4abdbbc1288a8c27e5f6421fd2e473b247bf859786ded89346acabd97ced877bae89f46b08a25dd71aba3d472b939148d9fd00ffb2018494cac1c2cfe8d59002bc504cde6a72ac787d4bf51ba7c69616eda830113c8ca10a219957a7c50d01dfaa1806f9ca6a3e43275e434ac825543453c9ee7694898232a43c3c142986a74dc0a3221f506bf21409a03439f6cd923e9f06b8dacacd350ff1d7d72a50ee39857b80cf039b1d98780a570389735b91cfa4bedd5d944f6d96f348baf819024b61d2387440f6d1ad7c7a90a455703976ae1fb9c1d09da4c728aec7a026b3166a935a732a8fd29043d1b15d8c128c3a6ed591947e55fefd13397bca7e8cb1304f56a1c48f2eaad7a236b62d9408c63958ea154fd8d5358cb0482ee539c543ee19a4c293ae0cad6df0b560f90e01503bb4688a029a1c2d758951d465728af8f0bde0632da7c104863c2d92a2ede94a78f3343e22cc68fa0f159a97205bc2b00dd5966846d017bfc226cbd59e318c0305b292067d7edacf849071538ef484b4da5f783b2e580f6662a3533d69b04c58a4f59fe8991dd09f9f1a4124db72397af0382cdd80586977cc2ec1da7cf7d160164033e7f793345f89650a797645537322bebe1435576c718ec0bcb9fd09de34423d70ef28f58c8da352b05245061461fa0582e9d16623c00694223ceebb728c501e5fb7d7c3d630f7578b5f0319a03cd8a45f2388effe952806d78f6aa673e695d8d2c4fb6d3aff7552ad6c51a01f74dca2663756f7566d3ade8de332516d090aaa108fffb6428b87afae04f78c075bd6cf362edf6ae25a521a88ea9b1c310c4ca4d760d5a7afe25fdb7495f34e3b6388e79265019a3b51eb1bfb673028a602388b59582f60f6d26043c0811adf7ec3be138a37d128a50a2b294f3676e8a7e6d1bb0765b7b72973bb6632c9ddbe2e18ea2561f22bedc1691f13c9f51525547b85a1c704e8460b578fa7ccb2d6e365547faf61363fbd934795cba31f1d3e0dc937610fdb92c3e4939f62ee17549451c45fca999db761b3673bdbc24d246d2d2c17ff5f46510de43c32e537355f34be415c8ca908b4fbdf4b6f465466cddeb286f12509a24f220e082e7061c093cfc991259c1b1e822474f47e96f54415cd6ec45d70b7f16dea855b6af031cf82ca4a75310cf536cbd7b6f0f60b553a14b11591b286b8cea6108460c8d700b21866a6f63094442f5b19552143c87a790e500a9051893f6a40bfaa97770b4e1b25ff3aa688528f79d89e594f4c002fb2b9b89138de70a1c15e582b7cabddc2f7140880a2c2b7e01c82b61cfead6413fa0e005074a799cdc73473ef1d2ad89ed754e7f8841e92b9210d98c13839fb324bbbc713ec6fc1276001ece3c5afdf66e4513cfcc8be1b6b24c40e331e1ae91724e4815bed6e268630980816443b45b9fc90ce7d60c1e7ba6e4ceafae1c306d4642f0da97e02473351654a64933d5a03ef4fabf1abda34f63a37272dab4e4b0ad027ff1f18b9bcae9a831d0efcd6a5b12acf0d2864ad663c4f8d052fb0daf37f4718046edd2b22f8cef04f9eaa2456e553a522b0f93ae33b001266b2cccfead461bf30c5cd2c58c776ccf24f73f304a856138a7eec6b92ba80e8998f1fe4305160d6b3d2c01d1f42c3e107624af29d78d65c3a1cc1087734701bac2d1abb281595c4f5cda4c7bf08a6025e2cfbf2f835f04810cc69975ce1670ea11de2534abfa9915c5b1e1678ca4a550e330fd072216901cea77e1b393e2d81c0a7ad22f227b4d433c6997e7118640fdab227f37412405a3f2609df17afbe10329dd8891cc2a23f70abc37113677c946ebe0e4e1f14952bb0d0b2558f65056fd6e9d8a703be6f34ebc027c957d61849c3e566ef117dd078939be8335125f7dbd82ded81bedc74aaaaa01342969276fae7dfe6023b0330ede8c3f92c652b97b23ce64f9026b1c99945a07de48a833fa3cbf2b7e633b9500406c5a70f74918e294118e538545de29eedd18c69e8b135bd4ec7ec50735806969d73e94e5ae2303307442121ddc54507266f03e00f451ab270f38b105a0b4cf84901abb20691c2e83599797d2766f5a8850af2c2ac82573c5a38f8a29942158632009eb2aaaa968790cf8c33c6da4638130cdb267e44e277f5819e05d37ac543900fc32cbe5ffb47e511ed4fd72c3588e99f200ea86a6cebb8074530a72993a2a58f62dc7adaf2dc8822c3e976281e12bd5d8ce6b49a4d1a5f4ffd7565769e7ed1f41afca7584465b441721f39d88782be8cbedaf15d25d776c8db7fdd5f08b57ff44d351c03cf33939bb3f09a12d46e2a4f81e2e2eb09e4694538304aec1b33c40d452da335251331743c2d841225f95929ad33d2a4b9913b05fdad1f1d94ca5fda34fc3a4231fb5cd1c349821629b815a032cba7ded135e97ce0370cd1f70c35db41d937cf4c7b3a3e6348518207f26f1d0d32668bbeb5497692b148d495833288bb20e168fde45043e5f1bf84129b5e4fa5851a3999a61af3be05dae67d2115f2ef96a81a460b1dc420cabb3a36231c98e4e0d21b0652e13166ddf81a5a41561db69d597451961b9e3b2681c70cdf9a4ad4cdd6922e3106fe398b2a026564456519a85086157711c3d0cb6b878273e0956217e31cacfe2632ce669b1b58875beff9185678d96e7931cf877d3bed4c07c2bbe191079b070a650b5dc23f6ff1358f136291f26f569016f6e316a22f25608e85f52574a3e321c40bf733481fa302154b31f15848c2fb33300e9fee9f1cf759270929499ec1ba939c7fe42796a08c5e00c65764a8297e38c663270f3d2d50edbb5b98d929ac020825393b7177eb92aeac861070f9155ef577f763b2d1b3fca637bbf2927a9e8f47dd1987696e562f6ff5b52b9e95974b7d0638302051580b26e356849754574195bdc3270031e693043f93a0f20ebb0b415914722daafce8ba3b0714f1bdb6ca3e72063f4114362527ddbf0d1a0a1eb11a3e15764b44b8c12d18880ad22af25f1241af875f63405c8244cc0d52155e1c610f34c2e08964d6ac3fdb98c3e942b1c265a7e1c09a56f23d6a69984fb4df316e3e3d5c2c617416b362181662b5c31a88fc01694744f33b9b7d44a2e8aaecd41ecec65abeadd3f1fcad805ea9a4df5f02fef96f0cb98f29c074afbdcb32a78231d228c1d63f1e59ffa4ee11ce1e51d5831bb99934d5a2f2378d46b9bfebfda48c8b8040f754dac6f586bbfd559ca1d4204d9446106daeb92d022eae3949cda9c33e7a228c503aa5ddc6d8cadf963c0251dec63389db86dbf56b3f4c1f7abb0e16421df90f62c9a223de0459557d60f51f3480193c95129940988f5f71cfcc9398ea669bef3cf922134962f545b0ef3df139e137e67ecd6df23f87220424cdee744566e772c7a77bfc13fadcc5189ff2bfefd1482dfc81d9a643b97b127dd6ff0e4d6c73bc2c72f485649a7bc4c7fda677569355c7b7eb9551cd8d22a9bfb40f20c40ede090de1d31a4863c23c386f853b9c1f6d2f30338e5e2b95c5876d1b21f3d2769f99de19081482b0fd3e371da2cdcc5d11e7b143921e38d7cd80d98e6e3344b10445895c96fac5442409e1be06090f4f6254dab864808e990d6d8cc5e2c5a6798c99a8121c80316b95bcf5c56c2c89d378fdc0a66afa8784418273c34e152e9cb6cbc25bc701ac5a36f8bff3dc18ce67170689a5e208717e79fdc6edd597060bd89dd36463cd5ce97be0445e995ed6df59302ada8a1e7ecf3c389adf5a52f4b35443e9da520992b73aa41d5027f0ecab642b4ade7768977be690d3c87525f5eec040be2ef42a6b38eb8c2f41b52ac2e4766e2a6ce6add582ddc531fc2056c9107c6aedcc4a9adcfae7249fa3420ec100b0a98e84e50ce3288a303ff39bb104c045f548902caa309a4179ed9449b77ac50f86693f3cfa5b7250b882bdd92ebb61081d0469fd87db66fcae8adb25d054ca093cec452fc0425bd8664a2678abf6ba3bf20f6ad62146fa1e6e02a871b87c9e681d1c6d3c52c6e73c6577a21cc8e8dd2a9e1bb32de4cf037669a3bdfc94d6e04d1447fb94d1eac673304ab2fd905a2d05533cce4f5d7929bbd313315a7186dda5eae7a1ed4988a59c4800a64d714ee4e4478b591b588adcfb431469e350e71e48740b8b7a8f5a34351127936c19a8d27f0fdc65ef097c8bc6515b69e976764700392fafc3ee5714b47283e21a9ffd2e252c1d9b4f055c1066a66deba04f9324dac846f655f0fcd5e5517d04ef8cfb8f30e410144008e521fafa0b6fbe039a86b5193e8b68e67edf672c95ebf3f23b403239ce47eb290d529ed1758e212c1ee18f2bc2ea3921d2699614eee67deefc00e196ff82c1917aecc9560ddff7c486ff5753d6bc3a1d7ad56fcfed3c1eba21a4aadb6bad5189653c26127550d822c318d6b31de5632c1dd29fd12b77bf0efc3f7cbf1b70a55bba6f80fc46174da0c5e73762cf0ea33d487133dcf30dd1ca62075f1951686da3867d3739ed40d1dda6db71ee33672169a956009d107eb8a55862cf2f56f009f0afc51cff8a2b5716ff762ee79707c37f0b2470841030b75d4df8df0566c6d7ffd720d69677ef2b7f6ec5ac3d63a2e9992f616c67608c8369d09cf4e039b6e99ff1bb2e52e627161e7ac5cbe1b060ab4ec8cd16037e5ee75d8621b127e33fc31c194f4a2900633667e5c3755be05538a4a8f2009172a1698c4e97b36feff7930c49670112f5d770c1d57ae676ceb2b7436c1d904c68738be43a4f3b4b8b03b562d05931eccc57e0697b6487158141856a296a9bef984c4af8931a68a60c5428ae71c917452197f2244c3059f39993fef424e033618d21011b3c114e31c4bc1c9b511c2f60c205a8eadcbfcadeafcb2cb44f764d3fd6bc850f4ef2ef19f28a553cb803d0b3cde124a0181155dbc3f74fed2e7cda0a836456d043dcd64619cfff9b0169e4a75bad38d26cc88c83f51e18f5d323591e6d332ca636c067b841eb258042a536366d86383466b4f15b70036461d7ef4ad6df1e497689d0d19d4f95ea1a17931460e0c38f4fba625adbc04a563c8bea8f33f56852557c06261867ba74778d3a71732a502f2249563e67bb80a288dc30e42c81f14cc4b9ab3255e3f7923a74069361d43b51b68babbfb3c79e940d262d66cb077d051c355119bd9e42fede7b18d2c86023320cf35fe3c88b426e5014a87c875ecdac818b5edc82a14b9c3045808ac2e4cdb53f30685630f169f2eb72145ca7eb2cf74f21ea3f2657c406d643752fe8b0a398256e7413b3ffef4af0028d3fc3ae753adfd80ea4ad3017f0f1ecc3cc794bc377d9d6dd14ba0526ff9025d11c8aac740ebeca6201ced7fe7f3a5fbb2819ec739cfa44ff9952d295e1152e9dafd680eeaaa84fb644d955f4805aac274cdc849538d26637d6b458c24917d2bd9f371ce609f6c9ed39093a69ec0b5e40d8f3a37360918fb3b8b5171306c4085eff8fc68afeb97b656f3e21a2674ea3d25d6009fe0c486e07dc6096f61fb4e370e2989e431bbb4bf049fe16ed4df95fae035aa7b8258f95e46b247cd2add441aeed8bf160ba836aec19ae9aad816f5cfaf1760165ab0cf761ba1f46b05c40a324f5157a28ff7caac4f5f780475a6bcad1e83d8b82556a9a6f0d4ddb8e23af15d20557b2cc4f1b2c596545ebce9bdbd100872dca78a780c88010976e16a5a798dfe86d4ba01b85152274fd336fcb7045c4dc953d4387be5609ff6f526f4503d0971bd1aefaf55c88dc20f800859a7843761facc35f77f2687ff36b6e9371727ac76a6f6941071e11762a4e5bba6b2964b5a2e30aec9355548d27cda073ec41c5344cb8c35854b59620b86b1ac87c321e851542472518a030309a92121ad434dafbddf63c4eea12b6e5b54348c8384d9394e4d9ecbf3a04b4e640777f074ce55f7d553271a7d3f1302d4edec7c0906477e4c50ab28f9c351b2f05e5f73b32a3f42729f7ea0e338e37d7a7f6b87f7a90ecd2452e8dc34c89c8bb55ae035a9c24d7d426b934f351e664cecef86864cdc944fa4ca6e41f17f19d9b92fb7ba2e0f191a9d1807d6baa23449334ec1d2588145d1db82c23d8d64756496769ee78dcd12dfcb3a62182a6e540b6d08196f8befd79f2efc4cb227cb1c8a92d3635aeba049cf53fcfb924db724a11a0e645bea6a8499641190d28b303fe189c564cdb72befa472f48f4b2b6eda3813a605273c24070caacbf8b08b608f33415c8440be790e4b1015e6f82b76192a268d6f4883ffe9f41840fc2d8f5d38cf58ca026dabcf5767c8e3bf4c71030b38a9e69ab0970b8aef21aee07be6e334ba836e10f531207b4377bcc7f96192e6557740b652d865a2a1156e7d4d78a2f05fbfa88dc340bbf7cc8736b0e33c1c3910d5a34b821563774f64e0e94ee1d478eea6f28e27f12ff401de9aaacd5bd8842665d83fbf3d9167d7336cc42570b3eb370eabba4274071591032fb217923aef02cf05f6d8a8bd22d9c65091cff59042473d2527b6ae682b956b76141f8e2cc649b6f1cc942188d43cfbb046efadfd606fcb801722bc97c34922781149e0eaf282aa0848cf5249d2eaf61d78a2b9d6266fa1666397f079b6a7c0fb6ef4b9b244bf9fe4dbd04f3c9f582cc59883891452b05bb43e9f3375a00ddcf0989ba93e854f7f4bf6385a4eb7730f10882678c51ff01f1b3c1df2983708aaa33b2fe2a61a8adc06d5694c6f0be4d0e38870220a5b2215ab3d86d3fb9080475adf0735092f1c6e0408d0b8c6146719ac7e7b13538ce4921aa4f6e6f64f1d1244b39850514f2e0c7f37921b2b11ebbbc785f9ce9f3dee914451cce719f15a0693e8ccf814838c1a94fd46288cf774dd1331dafada8a7a6b1e3cb81268ef6c1a4ad05b1d85068fe8a442d3220e11ddd51f241ff715ef06223752b94de14dc7a47395a742065734b2639462215b36d9e68ff3fb8db5d23317ea24fae12f81b84918904b81a516996b81d39426febb9c58bc7a8d7738db0d51d024d12070ce6e00f2d1a125d3fafb065e', true);


--
-- Data for Name: schema_floor; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.schema_floor VALUES
	('0067');


--
-- Data for Name: search_backlog; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: sending_account; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.sending_account VALUES
	(2, 'thanks@example.org', 'siv:pG0nNDLGFmNh6W4TtrkN_l8jBsF65pZkLsYgh_FIbFswHdTSKu6I9gBuVD-fIr4OrRnsLg8k_nfhdLznqyM=', true, '0cfd9be4d0c0c95ad5ca6e8915cff2c7a3c90472d89c0bfad84a4e50d2a652ec', true, '127.0.0.1', 41575, true, 'tls', false, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, false, 0, NULL, '', NULL, 'smtp', false),
	(4, 'thanks@example.org', NULL, false, NULL, false, '127.0.0.1', 41575, true, 'tls', true, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, false, 0, NULL, '', NULL, 'smtp', false),
	(10, 'thanks@harbour.example', NULL, false, NULL, false, '127.0.0.1', 41575, true, 'tls', false, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, false, 0, NULL, '', NULL, 'smtp', true),
	(11, 'thanks@harbour.example', NULL, false, NULL, false, '127.0.0.1', 443, false, 'tls', false, 0, 0, NULL, NULL, 10000, 4, NULL, NULL, false, 0, NULL, '', NULL, 'graph', true);


--
-- Data for Name: status_list; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.status_list VALUES
	(1, 'C6e5wV1xoYZNq_9R2h0ggg', 1, 11, 'did:web:thanks.example.org%3A8443:certs:issuers:installation', 'https://thanks.example.org:8443/certs/status/C6e5wV1xoYZNq_9R2h0ggg.json', 2, '\x789cedce010900000803b063ffd0a638226c0996000000000000000000c027731d000000000000a858720c0003', 1);


--
-- Data for Name: suppressed_address; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.suppressed_address VALUES
	(2, '9f77ec553d88f76b9c04f9d05a0a9e5f9a75176176b4623c755923189e17732e', 'dead', '2026-12-01 21:44:45.051582+00'),
	(2, 'e31582304ba9a6b39e56384899c59ae78c282e53f1a1a669cb5fcdfc084db6e5', 'opted_out', '2026-12-01 21:44:45.386956+00');


--
-- Data for Name: unread_value; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.unread_value VALUES
	(1, 15);


--
-- Data for Name: vector_page; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.vector_page VALUES
	('4914d7db828135498345258ea34721cb48ef40e08a2651dca6b0115a46daa9b7', '\x255044462d312e330a25bff7a2fe0a312030206f626a0a3c3c202f5061676573203220302052202f54797065202f436174616c6f67203e3e0a656e646f626a0a322030206f626a0a3c3c202f436f756e742031202f4b696473205b203320302052205d202f54797065202f5061676573203e3e0a656e646f626a0a332030206f626a0a3c3c202f436f6e74656e7473205b203420302052203520302052205d202f4d65646961426f78205b203020302033303020323132205d202f506172656e74203220302052202f5265736f7572636573203c3c202f584f626a656374203c3c202f50616765203620302052203e3e203e3e202f54797065202f50616765203e3e0a656e646f626a0a342030206f626a0a3c3c202f4c656e6774682030202f46696c746572202f466c6174654465636f6465203e3e0a73747265616d0a0a656e6473747265616d0a656e646f626a0a352030206f626a0a3c3c202f4c656e677468203337202f46696c746572202f466c6174654465636f6465203e3e0a73747265616d0a789c2b54305430004243055d033d0330406225e72ae80724a6a72ab8e42b040200b850094a0a656e6473747265616d0a656e646f626a0a362030206f626a0a3c3c202f42426f78205b203020302033303020323132205d202f5265736f7572636573203c3c202f436f6c6f725370616365203c3c202f6330203720302052202f6331203820302052203e3e202f466f6e74203c3c202f6630203920302052203e3e202f50726f63536574205b202f504446202f54657874202f496d61676543202f496d61676542205d203e3e202f53756274797065202f466f726d202f54797065202f584f626a656374202f4c656e67746820323136202f46696c746572202f466c6174654465636f6465203e3e0a73747265616d0a789ca590418bc2400c85eff915f903d6249db633201e142f0b0ad2b92d1e74768b072ba807fffebe692b1e963d2dc3c70b498617de8d94056fa66cc21a8c534ff324bc6e09fda20ca655ed1b945656169c1ab7eb1d797e92e36ddee19eacce7a19541b43f5d233b5b4a7dbdbc563625a8838375a29a707d61fe94aab8822de69de61a92a1cc7eefd314bece9931722a2c040091ca8400d1ae0a75e9e077004a75c2ff9c0f18336f1d74521142178ff8f83b2619accbfc037e8fe30d49c929357d2701b47d971cc738a1352cb10e62067ea68ff03c36e582d0a656e6473747265616d0a656e646f626a0a372030206f626a0a5b202f494343426173656420313020302052205d0a656e646f626a0a382030206f626a0a5b202f494343426173656420313120302052205d0a656e646f626a0a392030206f626a0a3c3c202f42617365466f6e74202f4b48504157582b4e6f746f53616e732d526567756c6172202f44657363656e64616e74466f6e7473205b20313220302052205d202f456e636f64696e67202f4964656e746974792d48202f53756274797065202f5479706530202f546f556e69636f646520313320302052202f54797065202f466f6e74203e3e0a656e646f626a0a31302030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4e2033202f52616e6765205b203020312030203120302031205d202f4c656e67746820333134203e3e0a73747265616d0a789c7d90bf4b027118c63fd75596580d3934141c254d05514b5381864e11f823d4a6f3fc51a076ddf7429acba1a96888466b09a2d9c61cfa0382a0210aa2add5a086928baf0e5a50cff27e78785ede970794e7bc5110dd1a148ab6150ef9b57822a9b95e50f1d2cf2063ba21cce548300a20f492306c2bcf0fbddfa3c87937bdae17d33bafd7abc905a5ba3b518e053f562ef85fee744618c017e0334ccb064503c64bb6297909f01aeb7a1a94383065c5134950f6a49f6bf189e4548b2f255bd17000941aa0e53a38d5c185fcb6bc2b25bff7648ab108d0078c220813c2ff47a6b79909106006645fbf7b10d9b9d9d69667117a9e1ce76d125c87d038729ccf53c7699c81fa08b5adf6fe6605e6eba01eb4bdd4315cedc3c843dbf35560a80cd51b53b7f4a6a5025dd90da89fc34002866fc1bdf60de3e25fb10a656e6473747265616d0a656e646f626a0a31312030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4e2031202f52616e6765205b20302031205d202f4c656e67746820323538203e3e0a73747265616d0a789c758fb14ac35018464f8cb555aa0e76ac10449c14441f40a4605d5cda0a46a7eb4d6b8a4988b991529f427c031deaea26d8a58e6e82e0a48bb8ba28b848b972eb54c5b3fccb39f07f60f9810cd5a803619426e5cababbe3ee3ad9176c0a8c33c5ac902adeaa6ed400946829992601437c3e6299fbb0e48bc8ebdeece7ba9dabe9bb93e6f541e7ed76d8fd43c6ab2b09f48079192729f00accb5d238052b0714a42f3cb08ac0e261ad52026b1370c2e0d8b406f341be1e6d5701d31451944968ffe38c0d9c122596c16cfebd453556577eaafc1a649eb5fe5880ec29f4cfb4fe3ad7ba7f01f613f48e629188816b03238d26bc5fc2a40b33f730b1f70dd81e49ec0a656e6473747265616d0a656e646f626a0a31322030206f626a0a3c3c202f42617365466f6e74202f4b48504157582b4e6f746f53616e732d526567756c6172202f43494453797374656d496e666f203c3c202f4f72646572696e6720284964656e7469747929202f5265676973747279202841646f626529202f537570706c656d656e742030203e3e202f434944546f4749444d6170202f4964656e74697479202f44572030202f466f6e7444657363726970746f7220313420302052202f53756274797065202f434944466f6e745479706532202f54797065202f466f6e74202f57205b20302030203630302031203120363332203220322035363420332033203431332034203420333631203520352032353820362036203630322037203720343830203820382035363120392039203236302031302031302036303520313120313120333434203132203133203631382031342031342035333420313520313520343739205d203e3e0a656e646f626a0a31332030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f54797065202f434d6170202f574d6f64652030202f4c656e67746820343135203e3e0a73747265616d0a789c6d924d6fe2301086eff915b3074bf4c0c621405b84904a20520efd50a976cfc11e584bc4b61ce7c0bf5fd9e340b5da431c3d33af3def8ccd7e7c1ca62fd21c715afee4f089bd199cc069f5dada8cb19d114387dabf214a9463b65f817546f4e8a16a768d563e63acd1e232481c35ff936cf1acf45d106a4035f4de7419635fca5f7005130a40f4048d44ed95bf027fc818fb85ae5746afa0c818db6b59992e98ebb33cd580fcc31971400f27a5a54b95e018ea66c50ca4123e515c45d7dab8f970ed3d768d3e19284925079b940000f9279e55efdd1526d1d803483c51e6dd49744a9f61329afd963c0cd65e3098041ea3a865fce7a1f9b7b643c853c3b768ea128a7be8eb6a311d90ff7e357284822c0a23b1b7ad40d7ea33666bce39dfc0baaeeb7a132afe932f16b4ed78127f5a17e5c506d69ccfcb4da459a4e582a88cf438239a13cd8916a47c265a122def91478aa4739f880aa2e748334ef442b99a689b4e22aa889e8876447ba23dd196a82677656c3bf5170610eef93671313887dac76b8ee30db3541a6fefc51a1b76c52f3eb4f1cd067aafff02ce0af1580a656e6473747265616d0a656e646f626a0a31342030206f626a0a3c3c202f417363656e742031303639202f43494453657420313520302052202f43617048656967687420373134202f44657363656e74202d323933202f466c61677320313331303736202f466f6e7442426f78205b203135202d31302036303120373635205d202f466f6e7446696c653220313620302052202f466f6e744e616d65202f4b48504157582b4e6f746f53616e732d526567756c6172202f4974616c6963416e676c652030202f5374656d562039352e34202f54797065202f466f6e7444657363726970746f72203e3e0a656e646f626a0a31352030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e677468203130203e3e0a73747265616d0a789cfbff1f0002ff01ff0a656e6473747265616d0a656e646f626a0a31362030206f626a0a3c3c202f46696c746572202f466c6174654465636f6465202f4c656e6774682034383235203e3e0a73747265616d0a789cad597b6c5bd77dfeceb997977a8b14298a3265e950d7946df292b2ad676cd9a678a997f53025cbf1bd7e927a58762c59b225a74edca6695327a98ab45d520c41d30e05b6f59f6ec5b972d3bac580fa8f6de8d20d18866cc0b00d4b8b0d0bbafed13f32c31d666938e752f22376b600a5209eef9cdf77cef97e8f732e45810028c7cb50b067faf91576488d2400fc19408cf34b730b53ade5af00e443a0aa626efe85f3e4a35755a0fa23a0e45b17660b334dfc8fbe0784bf0ea0f3c285d942c52defdb40f86700765c5858b9def85be50a10fe3580f4fce27421b0cdf701506f00685e285c5fa21ff93e02ea7300d8e5c2c2ec575ff92103ea97002db5b4b8bc42be4fef004ddf019059ba3abb941ba8fe29d0f46f00f1e077f13a855318c2107d0fa06160c347dfdfb84b9b37ee6ef81ed836eed27b342cc6e8df6fdca5f78bf6d3388d610cd31e80f66ddc7bd0172300eda1d98d7b1bf73088411cc22172011f6e7c67c327db6f6ef8b6c69b48d3233a7e5d5422f6fa7571af0338000306896fbc440af8a55c67dfc6f3a4505cab68a73f27dfa11fd00269c2d7e807e46dfa019d23f5f81a87c1388e5b7d3663c3b751353eccb563272dde1ee1bbecfc79b67adce23456f871094a303dad4f45a2510e9bc3d4b36b2030f39924270667f9f3494e0d3daa47935c31d8cc2d25588b8cc90326cbe7330e0d9a1927a6989c9a93d719afd03935cdc20c5773d7d728a5663ec3a3b30d5131ba56554b320d8c5353cfac0548c0cc67748e9c356baf85886026b96a7025c16b4d4becc743a6592444d80ce377725c6d39b9b68b549a7dd37d5cebb3a25c89d913a7aca81e8dac5a8ce7725694a7ed08e3dd0275db36735c766186efca59d1628ff13dc2be4730efe42c769eadae16182fcb59f908e34cd8ca04ea14a8331fc9dbb61de134c62bcc698e098b635890a3bcc28c0cf346811a870bb77d98168cdb1e4cd9f64cc1e62461db450f6c36c343a69eb193dc63b03ec6d558618671af99b3b857cff0123d1389466d4ef249aec9707325c1661cef548609a37037e2ca17efbc34df37cd3df128e325265b65ab9c249c3d9e18575bc6ad7c2e5298b02ddd8eda8ca78f599c2422222e452949ee3578a999580375d35c62f0523da3330e3d53e074ea3c27d39ce4b9379ee4a506136aabcce9db2aa6985881a7f3b6a0e4b3526d99b1565a05b32f138f6e154eb9f1682155b8ab9084ce61723596677dab7a412455061b119110ce223cbd1530aec4f442d6dda2f229d3f98e9c2526a79f34a94ad4bf9eb9555901a52f6745237ad48e4793bcda7028ede333856c92fb0c4ef28cf16af3885880f16a3d63739fe84d588cfb64befc06e33e1914765bc5f4aa5ee07e33cf56f38cfbf58c9ee435c6f0a4e5a833597b07af9cd5af2779c0181eb7868fb98391a8bd8307e478d07050631eb79c9a1a93934286fb13e2c8711acb38d5e2cd4763194e423ae34a2c6739227c5c8d65565799d8d6178fea9c143671c4b58b293426476c5e6d0e709f3990e7f4d1643d25850e10d0b39c981c87d60821325bb5061cd0be498bd7e819d6c7abf40cafd479693ec3f23f0a8709fc082093c9880804f50c2705275892e05f49449aed240f190e6a13495e673844b461c3a1a2ad371c45b4db0c47156dc4703ca26d301c4db4db0dc72bda46c329116d93e1948a3661e89bf1e75a7e78d2d2598a9333e2b424b9f19031b465bce21a930f195bb68c575d2333c0ab134ff59393c2bbaeabc2cf87fd8b1a0e5822c99b0d878856371c2ada1d86a388366638aa685b0cc723da9d86a3897697e17845bbdb704a441b379c52d1a60cd6230bb6d560791ece3353e7242f6aa2200e614ad4ec1e83b726786b3cc9f71a8c0db0a764532f74ebe262ff44464478bf6f33c54e95d6272a8eef8d3b1e52db67edb1a5976d0f85e7699c76837548e51d068a9cbe8fefc949e2895ac438423f90cfe4ec21bddb6927b5c2d74e83f5b081a7e8e7300bdd49de65a4ea7a92bcfbffa272624e7727f9338643118ab1141b105702a7b1a1d5d5017d402f306b2a226e5d3db3d64d486d309ee4fb0d8e10afd3335c8d713526694e0532bcdc4cccaea674c67a56bb93fcc0a3349672d7e39a9ed964339e17774a7adcbaa5320f8bdc525b3cdbec8cb869cb4cb6aacb197a7f9e6be6e3c7352f6e3bf7a9a49af9199d7bccc24ccee2aa5988708f991737dde3730a3a635c6dd1fb0bdd119d9799fde2895566ca5df2ec499be8ee9daa9979910c4facc03d1f5b95ab2d42444c885062f999e24dfa602f3bc97b3663c118e39e96622cf49eee243fb865e265d2deaf0f884d45160f6d855038e3469a63d24ab11e3d2a9fb7c54126741553c1b518f7c4861efeece226f149d55ecc962e4afef0434acccd74e5c5079cc75dde4c71dad0594a44b19fd799562e32615bacc74e397b483091e4bd8f582722b947ac9927cefda419a6c1f7273e69c3acc10f245619eb1135b6dafd742ad7cc14df9348f23ee9b2a8cf1637f2055ea1675cd74581eaac87a5f4eee2fafd8653a6c6329b533e65490ffcaeaa58f824eeb11ebd3b127da85ea27651e780e1607f62332a8386830389a8c899105af4662b04430647ad7becd7204e7820c53be3497ee429e3c38603120cf0ae78928f18fc9978928f8a28f6e92cc5fa57f5c266b4c60c51d07c3491e4478d35a03f91e439630d448071638dc89109638dc8916382339048f249c111e0b8e008f0ace00870c2b805c04c24b965dc121f9d12496e1bb7883b76d2b845dcb1538247043a2d78129d113c89ce0a9e44e7c49e7d8924cf8b3d0528883d0598127b0a302d388389249f111c0166054780f38223c09cd4954d24f905a94ba08b529740cf495d025d92ba049a97ba045a90ba04ba2c7509b46838e8d94ae092ecf17422c9afb8b03791e45745d0652f9348f265c32145ce8a0b05e79ae49022e779c3c1c1ad553f237b72c675178a192fb850d05f341c5224dc70a1207cd68582f039c3c1a1adf55e923d49ffbc0b05fd65170afa170c8714095f74a120bce24241f892e1e0f0d67a37654fd25f75a1a0bfe642417fdd704891f065170ac2aa0b05e12bc65ab9fc64cbb5c89a4a953e4b8f46a2b69d49f09259aeecc85ddf7c582741711620bfa5ef418117f1f44e000a8532074a083d014ac93995104a8e025ecda34281e2f7687589367fd41f8bfaa367c93beb6f938ef59fd3f7ee77b6d11900040737ee529bbe8f6de84ab7d71128e1524a50462851465402280528cad22808a105507a858e11848255155e0fb6916d9eca5082346bb5c150dbbeceae5a4dd39b5b5a3ada3b3bdbf6d5795b5ac85bcb5fba71a37572d7aee30716de1c3afacdcb57267744c7e9cd6fbe7af31d5fc55875d5c9ef2ecdfff199f8487518145d1b7729a1cda84323cc74ba82505249144a47e001a11e32e725aa8a824680e551502ab55d51c6eac3040d9170637da3bfbaac44f3a08ed4950865fb42a1dada68e8717175cd9a37dad24276f44d77acff1eb5736d47e3bb735d23d77a0f5cea3f3ce4257e728836f72c0c759c3a17a819adf11fba615b2f6507c707b3c745ccc4db57693302383fcceb7356ba5c21043e9552424722a2a76cf66c975003425050545a547e898e45d22128ca82882c0a22d29b063b5d4d505d555951a221400232c4fb42229c7ab3a6d5fa757f5b5d5b6727395aad5796573655ed1e4c588365eab609daac28e38a9a1cef5cff250d4f1969a1d5b771971ca36f218c74fa6015a1aa42405542a08c4051959b1e42a97a0eaaba302ae24a0a20e40a1923a80d066afc3ea9224cc2deca5022f65014fd7a4757575b6d5badee0f864849305e59d51e8e0f1823a37afb3befb41ef2aaa6b774fb602fe98eeb576f64d7dfdbdb2abf5cc1188077e92f508e6abc21ff024fd76d85607ed443644cdc080df38a47cc4b8f9b939f343b5d2b06890272f1e171dbb6d3818a0a828aea8aeaaa4aaf07e5a45cab0c2502fb42b541e15d477b679d5ff77f31d8d4140c3536f65af41791ed0d0d0d0ddb237f75ff43f92dcf06aa015a49efa305e500bcf0104b9ea7ae8dbbe4a7b4d93d4fe58492ba0aaad03081a28c88232ae2bb3c0a4571355f810875c05755eadd3c4f9ead23544cfa83d3458c81c5c3992b83bb47c29170bae10f46470cb321d25bb6ffc573d39fddefaf182af5fdbc305753395625e421b571977c40a388a00537d255f544459828aa46348f32e216268352423c9ae29983385a5eb70e358d142821e412198ba4773c9142c825c1dbbc14ec74fdf606023ddad0b2bd2514f45797977a544448a4d42ddf5abfbe5397b5d3d1ded9d5d5d12e8ad9bbb3b333a0156f8f8e0ec2a6cea6fdaa3e9a1dcabff4caa9fd1df1916844cf8fcd8c7625b22769f4d9b3eb6f8d18f1d189dc095561667bbd2f1388acff52ed6e4bc687c7f6b8f525ee909db41995a84753ba018ab219724a51808cf88e58ac59addc962032dd4251dbbe50c8e3ca90cae8ced7960716d3af2e0f2d1e5ebf343c313e323231718454de7cb3f773f6cdaff7deb0cf2d2e9e3b373f2f735e0d9057e87dd4e174baba8aa84ab5977a548d4086797bce4a47a0aaf2b69a1fa504f09c83c7238fbe8c703d14a81e45bdf8319b9d2e0dc4627ebf4fab6c4810ddaf8b73e7ea2d5e08b5b56d64e435ebecd9d313ac2350e78b878cc46be4fd7583bcbfbbb1e9c2a9726f9fa7ecc061bd786fd17a7a0fb5187c573c33c8c830df9db3d221a8eafc5680964795cdd4871e8c4155c9b9a2c1fe913fd01c88792a238940d0db264b55dc4bed428fb89ffed4a36db3dba7a64e5c3f695a16addfa5ef8e9f995bff4372e20bb367d7ff93de13b9dad423eed1dcbbbea21e519401b9adeaa18f88a99397943479640d6eaa49fbddfbb2d4eb51c58da96d95dc0345f2c63c919f3a71ddce5a03959e6da769f3990b52d1ccd9f55fd1f0507cf796a64a7a0f010ca44bababca159560334e7e9940000ba35ba7a34e54d839d97dc462ffd01fa8a9175516086adeb643b4ababcd1bd0777a6b757fdb9f2844d5c2f5a5df9bfbc70f9ffbc9c11327c8255f7ba0a4b1a9ecdd7f5fff9bffeef80b112182b68dbb648d36633752e9448428b4c14b89a2111071792bf2ecc9a3b859d831c32dec982cec9d1df2c9d7d1ded2b233451fad9a602854d748c9daca54f778133bd56af6849ee9683fb26bf1e4dee3b1c6e6233b3b9fd976b0ad6db0e51b63b91a5fce1749ec0832160ceeea36b24702fefeaaa0de186ada1e0cec7ac6cd25408976fc3fce7ffb5c75cf7fc1ab7c2886ffd9f3b787655bfeb57fb9ffd6fa8db2dfa8e2ff141a68f17b7c02a8c9f57f02cac3f7dfbaff8db2dfc8951e7ef9a885b3f43a0ed27674916fe338b9081fa118a327514d3e4017dd8b1451017a065dc442357d0ec7e56f08c7c9bfa20d401c4bf873b28d4c91bf247f47c3f44dfa26fd6b8529179435e59e2a9e4862571fde134f3ad482e26dfc0fde00c897ab2a20fe4005aaf07d28206a29203e871531410dce16314515968a5841275e2a6215cdf841117bc0f10f45ac8191578bd88b2cf96e1197204e7e55c4a5d84583455c8e43b4a7882bd0435f2ce24afafbf487455c8576cf084c2c62092fe02a2e620e17b002867dd883bde800c30016b18839cc63160c2310fc14187a318f79304c6ccd5a96bd592c631657f13c66318314c6b088152c82e1180ab88c65c999c335cca380abd88714f6600fda710003388aa318c081ad599b73928fcdfaf8aaec31c6b352c5322e621197a5470ff66158c10acea3806b72950bb888cbd2ef5d781e7b9142375268c36e3024a597dd125d054307f6483c508c92dbbb0e86bd6897380b2635acc87d93380f86cb528588601205305cc132aec89e058666347f0a8f2f4a6fc52a2bb88a0266308b05c9b9048645b9df93b3362a5588755ec092b40cc99973d2ff39d9bf8ce92732b332b322d7c2ab49cca2800599f7152c613f5ad18acfc89f14e61eda3d85692c6201ad98c32c56d05a5c7711ad4f99bdf0d8de0f5658c60aae6146e67452664d44a25ff245f68e49ef57f019190da1da65cce322a6312be32aaa92e11a2ecbb8898caee082e41ec31046c07054ee7af99195471e59c100fb587d89aa11bfec532913be08afc4d99b92d5e8ea73d7149520aaa317c7646e8ea1190c19d9173da1e304863089411cc5714cca7e2f2630815e8c611243e893738f62020c268e620c5939634862d7d62fcff3186c300c634872c4dab3b8588c8e88d32cae6349aa5f96da17e5e8452c604946d83defc2d759e9e1a78f2bc3f9e2aa9b7397e59c695cc479c9744f96a8d56bb26edd5c08ce552cc8586e66c43d2322cb6efe8575459eca077651a7e29eba8acb5b27e0052ce29ad470ada8c93d512bff8faca61eabe8654ccbcc2ec9db3125b5cd23257d9c43ab8cfc88fc1c2a5f1bdfc2be27feffda07a00583388e1318c11df4230b051318c230c6318667010cdfc6cf262c8790afda9cb85f932e39f066d2e56fbdb28c33e338982c455c8e045f2fb95e72a1648a3eab1dd132eabe921dded2b2a2e9ebdacbda92368bd36a4eeda7fbb584479a7c99def2e674637a5b3a7ca7f64ecd1ddf9d8a3ba56994a23ceea03ed35b8ef4c77e84f1c75080acb383bc3e6ef1f4eb96e8cf649d5da27fbb04ee00b276c4d929867e52f232889a7e7d7a72d3205ee9e0aaf6a2f69c36432c7544cdd276adc5535a15bf4d366e72f50d87227bcb33a3219b05f0bf860343710a656e6473747265616d0a656e646f626a0a787265660a302031370a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303634203030303030206e200a30303030303030313233203030303030206e200a30303030303030323636203030303030206e200a30303030303030333336203030303030206e200a30303030303030343434203030303030206e200a30303030303030393031203030303030206e200a30303030303030393337203030303030206e200a30303030303030393733203030303030206e200a30303030303031313235203030303030206e200a30303030303031353430203030303030206e200a30303030303031383931203030303030206e200a30303030303032323436203030303030206e200a30303030303032373535203030303030206e200a30303030303032393739203030303030206e200a30303030303033303631203030303030206e200a747261696c6572203c3c202f526f6f74203120302052202f53697a65203137202f4944205b3c61323566643866356632613666343634663635366632383566306464663031373e3c61323566643866356632613666343634663635366632383566306464663031373e5d203e3e0a7374617274787265660a373936300a2525454f460a', 'application/pdf'),
	('f71e1a84b2130d931c5d3acb936c067501b53df8d4b9742b1ad79f6d300f27dc', '\x3c7376672076696577426f783d22302030203834312e3838393736333738203539352e323735353930353531222077696474683d223834312e3838393736333738707422206865696768743d223539352e32373535393035353170742220786d6c6e733d22687474703a2f2f7777772e77332e6f72672f323030302f7376672220786d6c6e733a786c696e6b3d22687474703a2f2f7777772e77332e6f72672f313939392f786c696e6b2220786d6c6e733a68353d22687474703a2f2f7777772e77332e6f72672f313939392f7868746d6c223e3c706174682066696c6c3d2223666666666666222066696c6c2d72756c653d226e6f6e7a65726f2220643d224d2030203076203539352e32373535393035353168203834312e383839373633373876202d3539352e3237353539303535315a20222f3e3c706174682066696c6c3d2223323433623533222066696c6c2d72756c653d226e6f6e7a65726f2220643d224d2030203076203539352e323735353930353531682031392e38343235313936383576202d3539352e3237353539303535315a20222f3e3c706174682066696c6c3d2223643634353435222066696c6c2d72756c653d226e6f6e7a65726f22207472616e73666f726d3d227472616e736c6174652830203437362e323230343732343431292220643d224d2030203076203131392e3035353131383131682031392e38343235313936383576202d3131392e30353531313831315a20222f3e3c706174682066696c6c3d226e6f6e6522207374726f6b653d222339636137623222207374726f6b652d77696474683d22302e3522207374726f6b652d6c696e656361703d226275747422207374726f6b652d6c696e656a6f696e3d226d6974657222207374726f6b652d6d697465726c696d69743d22342220643d224d203020306d2035392e353237353539303535203536312e323539383432353268203734322e363737313635333534222f3e3c706174682066696c6c3d2223643634353435222066696c6c2d72756c653d226e6f6e7a65726f22207472616e73666f726d3d227472616e736c617465283735312e313831313032333632203536312e3235393834323532292220643d224d203020307620332e343031353734383033682035312e30323336323230343776202d332e3430313537343830335a20222f3e3c706174682066696c6c3d226e6f6e6522207374726f6b653d222336363736383722207374726f6b652d77696474683d22302e3622207374726f6b652d6c696e656361703d226275747422207374726f6b652d6c696e656a6f696e3d226d6974657222207374726f6b652d6d697465726c696d69743d22342220643d224d203020306d2037352e3737303037383734203332342e343235313936383568203639382e373638353033393337222f3e3c2f7376673e', 'image/svg+xml');


--
-- Data for Name: volunteer; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.volunteer VALUES
	(1, 2, 'Lehw1UH-w40wLjWtYfekl6qTk7t0nTywyoeozrgn4ckLRJCQ2oh1SkuvZX_wt0TqUAYMf1yXnwgJk_8=', '', 'an@example.org', 'an@example.org', '2026-000001', 1, '{"\u5c97\u4f4d": "\u5f15\u5bfc"}', NULL, '', '2026-12-01 21:44:33.530729+00', NULL, '王小明', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:33.59089+00', NULL, NULL, NULL),
	(2, 2, 'x9kbiMteC5QhqgVDbmZOKDswrNb8UtaQ6RoM9-WVw_9s3XOVKku-zH98a4Eyd8siQpqobBSnIo_3P8I=', '欧阳娜娜', 'bo@example.org', 'bo@example.org', '2026-000002', 4, '{"\u5c97\u4f4d": ""}', NULL, '', '2026-12-01 21:44:33.530729+00', '2026-12-01 21:44:34.093632+00', '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:33.59089+00', NULL, NULL, NULL),
	(7, 3, 'deYbJzLbIErcYi1CmODGdQ6Zqb8i5-B1J2AOeLtCLgfBZIudnT_V1nlczgF8Vy7VgTu6vp6iHtUS090=', '', 'refused@example.org', 'refused@example.org', '2026-000004', 0, '{}', 'refused_address', '5.1.1 User unknown', '2026-12-01 21:44:35.120526+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL),
	(9, 3, 'rWADIHP-D7-i4MhZdU-fgEi4nMmNrSbRguZ06BWBP9Gz49Vt95NfKPz5D0TfORJL_8sqXQfN1g1oHus=', '', 'lost@example.org', 'lost@example.org', '2026-000006', 0, '{}', 'unknown_outcome', 'Connection unexpectedly closed', '2026-12-01 21:44:35.120526+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL),
	(3, 3, '6Iic0IANyASz-zIJIXRXlWnHEqbOty1KZG31Ke1jpMV8CvYeXsTF8_-szn7qBnSLHlzIAmaF14fm5LY=', 'Ana María Núñez', 'ana@example.org', 'ana@example.org', 'HR-7', 4, '{"task": "water"}', NULL, '', '2026-12-01 21:44:35.120526+00', '2026-12-01 21:44:35.862224+00', 'Ana Silva', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL),
	(4, 3, 'CYI6NTTElMBqF0W7I2Er6cYWQCsX_smHnSI4pO7fPE3SKtk_HFoVB23RyF1PgES5Sp2jKGs0uWUsbow=', 'Maximiliane Alexandra von und zu Hohenstein-W.', 'bo@example.org', 'bo@example.org', '2026-000001', 4, '{"task": "finish"}', NULL, '', '2026-12-01 21:44:35.120526+00', '2026-12-01 21:44:36.730349+00', '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL),
	(5, 3, 'MsNN2uExUysyolQ85rxzDa0rUB2Wq-H3U06Sso32LGTABeqHjpkSzYVNOHYZ-a59ZN3nbVbxL4nx-po=', '王小明 of the Harbour', 'cy@example.org', 'cy@example.org', '2026-000002', 4, '{}', NULL, '', '2026-12-01 21:44:35.120526+00', '2026-12-01 21:44:38.732281+00', '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL),
	(6, 3, 'NxkBdx-RAQ4JIchLCO3isbnBRu_Si7uzy9u1R7WIicJiQj-IMV_OZZznJegxfQPamuLPuBHB4md8vFU=', 'Dee ณัฐวุฒิ', 'dee@example.org', 'dee@example.org', '2026-000003', 4, '{}', NULL, '', '2026-12-01 21:44:35.120526+00', '2026-12-01 21:44:40.032461+00', '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL),
	(11, 4, 'SwBP41mMMSUxiBoKv3NrVzQofBwKYW-YYwU3hbtmwZ37Dff2kdnlHnQJzdkkkIvfaQO27neE4yg_mF8=', '', 'eva@example.org', 'eva@example.org', '2026-000001', 1, '{}', NULL, '', '2026-12-01 21:44:41.039896+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:41.081771+00', NULL, NULL, NULL),
	(12, 4, 'lyo3AroEcvIuEpXFg0w9Kb4ozDxFySfPqqSMiIP8xHHimvD_x8kpANSoFe7bTbgnnG4lnjTAXg0zIK4=', '', 'fin@example.org', 'fin@example.org', '2026-000002', 1, '{}', NULL, '', '2026-12-01 21:44:41.039896+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:41.081771+00', NULL, NULL, NULL),
	(13, 6, 'CH3Fb6eGfu7rAANvLkJUhpPQU7wihXbLxprEPRM9AvuxIr4POzU039fI7ZPsNkBY1OdEeIdoEt76ts0=', '', 'ana@lantern.example', 'ana@lantern.example', 'L-1', 4, '{"role": "speaker", "hours": "12.5", "\u8eab\u4efd\u8bc1\u53f7": "110************234", "team": "Harbour"}', NULL, '', '2026-12-01 21:44:41.721426+00', NULL, 'Ana Silva', NULL, NULL, NULL, NULL, '{"\u8eab\u4efd\u8bc1\u53f7": "siv:wfZ7DJPaJ7s7yR-nQJbgfZVg62uAHC0Mp4lNRkwxUNr2pkV6ovg6tBclBNVmDM2V5DA="}', 1, NULL, NULL, NULL, NULL),
	(15, 6, 'Pf_8S1tKEWAIaFEcnBBP-YCHLXtTjlv0F3KLxKaKE6AwNAzVbfceIp8DIXcSM2PyBVwH9P8NV6nMiXc=', '', 'cy@lantern.example', 'cy@lantern.example', 'L-3', 4, '{"role": "helper", "hours": "about 3", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', NULL, '', '2026-12-01 21:44:41.721426+00', NULL, 'Cy Young', NULL, NULL, NULL, NULL, NULL, 2, NULL, NULL, NULL, NULL),
	(20, 6, 'DrPqP0KNSTscgrSqlg_uac7MbqiOv2XWDCycQjMqG2BTsg2Im7lbwFaCawhuwjLaarq7Nefe6F-frqk=', '', 'hal@lantern.example', 'hal@lantern.example', 'L-8', 1, '{"role": "", "hours": "2", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', NULL, '', '2026-12-01 21:44:41.721426+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:42.226647+00', NULL, NULL, NULL),
	(16, 6, '7y5zIqvFJd-e4woFR2Vercp31EKeDelVI8arpa8CFNa4QFPXcP_d4-gnjKa9l3DnXw5qJ6gMSkHpM8Y=', 'Diana Marsh', 'di@lantern.example', 'di@lantern.example', 'L-4', 4, '{"role": "", "hours": "4", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', NULL, '', '2026-12-01 21:44:41.721426+00', NULL, 'Di Marsh', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(18, 6, '9FyMoKpEWcN3pg3Y1ajU4C5OLJunnF1Szikgq8ztDdVg-MOfkRrtf0tY0KTuYFXFUG5lCId3tdU3LH8=', '', 'flo@lantern.example', 'flo@lantern.example', 'L-6', 4, '{"role": "", "hours": "2", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', 'came_back', '550 5.1.1 User unknown', '2026-12-01 21:44:41.721426+00', NULL, 'Flo Back', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:45.051582+00', 'dead', NULL),
	(19, 6, 'AvYR9lJCO9dDVRcHFAN7LxhKQKGXepSfdyyUO7NE3PwEIq7BmbFN0EEo3POUXLJIyauYHqfzGMBP0p8=', '', 'gil@lantern.example', 'gil@lantern.example', 'L-7', 1, '{"role": "", "hours": "2", "\u8eab\u4efd\u8bc1\u53f7": "", "team": "Harbour"}', NULL, '', '2026-12-01 21:44:41.721426+00', NULL, '', NULL, '2026-12-01 21:44:45.386956+00', NULL, NULL, NULL, NULL, '2026-12-01 21:44:42.226647+00', NULL, NULL, NULL),
	(8, 3, 'rGGRQ6PHtgmPrOldjWRbUnjbUkOEtTY0HlJ-7hMo2Y-7j2Idfmbq9fg5Ed_E1UXUIpA8wTS5ulOK0QY=', 'Grey Ghost', 'grey@example.org', 'grey@example.org', '2026-000005', 3, '{}', NULL, '', '2026-12-01 21:44:35.120526+00', '2026-12-01 21:45:03.250114+00', '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL),
	(36, 3, '3fuG8iT8QtweP8SXc4kN3SbY0eW-hHq9ChgDc9iknWTrGzv-Ns9eE68bdDCGqR6K9srTLGnwSssfSqM=', '', 'later7@example.org', 'later7@example.org', '2026-000015', 0, '{}', NULL, '', '2026-12-01 21:45:04.279815+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL),
	(10, 3, 'vg9gaOnJ09G6NmVTRTqCKCYVNgh1Yhc-FRXhnd-rILqIJ8BHKQ88I6x22asiIobB2JljVrG7in9lxq0=', 'Quiet Quinn', 'quiet@example.org', 'quiet@example.org', '2026-000007', 2, '{}', NULL, '', '2026-12-01 21:44:35.120526+00', '2026-12-01 21:45:04.448633+00', '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:35.140483+00', NULL, NULL, NULL),
	(14, 6, 'L3tebOLMakCeXopotyf3w5CcXT5_NY6HyGn4IIzrOkp6QWKeF5X561-vGGtAvhgPnDfhg7kEHNLEvUg=', '', 'bo@lantern.example', 'bo@lantern.example', 'L-2', 4, '{"role": "Helper", "hours": "8", "\u8eab\u4efd\u8bc1\u53f7": "110************017", "team": "Old Town"}', NULL, '', '2026-12-01 21:44:41.721426+00', NULL, '王小明', NULL, NULL, NULL, NULL, '{"\u8eab\u4efd\u8bc1\u53f7": "siv:0fO2Vs3NbIV9M7VDkmre__kUwQEN2st1VW4uwCgpsHj0IXxmmmTnW5kHbeAFwXmz4jM="}', 2, NULL, NULL, NULL, NULL),
	(17, 6, NULL, '', '', 'erased-17', 'erased-17', 4, '{}', NULL, '', '2026-12-01 21:44:41.721426+00', NULL, '', NULL, NULL, '2026-12-01 21:44:45.914853+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(22, 7, 'uxf27O8abdIPMD7KxAeSTCgSSSBiZfA6xZ4EXmnWMaqwozgYTyBwNWxf_vDx5iLYp7VRtVI4AxTUxcY=', '', 'wu@lantern.example', 'wu@lantern.example', '2026-000002', 1, '{"\u9879\u76ee\u540d\u79f0": "\u8865\u7ed9"}', NULL, '', '2026-12-01 21:44:46.332975+00', NULL, '吴大海', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:46.384699+00', NULL, NULL, NULL),
	(21, 7, '9a8reZoqBO9QgvTNNO7PM_TVXN-BvAS_dJPSnM39SDYxL2zMyyN3jh8h-JaRoN9DxG1xpsH_SIbCWPY=', '李晓虹', 'li@lantern.example', 'li@lantern.example', '2026-000001', 4, '{"\u9879\u76ee\u540d\u79f0": "\u5f15\u5bfc"}', NULL, '', '2026-12-01 21:44:46.332975+00', '2026-12-01 21:44:48.791528+00', '李晓红', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:46.384699+00', NULL, NULL, NULL),
	(23, 8, 'rEWXQj0R4Bx2pMKERTRLfva9jBAKFny_oiZe4NgEOjuzqqov2ATkrM1TAKjGDdKlnaP5vU2TsVOzxlE=', 'Old Olga', '', '7997557559ea22908487489b5f55b1f401bd5a49eb0ef7fdeb9f6041717fa5a7', '2026-000001', 4, '{}', NULL, '', '2026-05-15 21:44:49.790415+00', '2026-05-15 21:44:50.073447+00', 'Old Olga', NULL, NULL, NULL, '2026-12-01 21:44:53.242638+00', NULL, NULL, '2026-12-01 21:44:49.806502+00', NULL, NULL, NULL),
	(24, 11, 'Jl0fUnjnEJkWY1v491VOnYryWPxdKTD8aHA1BMPw2mjJKPxCo-pZD7GUbTYTKeRQhpCRzDKiLSzy_K0=', '', 'ida@signed.example', 'ida@signed.example', 'S-1', 4, '{"Hours": "39"}', NULL, '', '2026-12-01 21:44:53.875455+00', NULL, 'Ida Moss', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(25, 11, 'dCKJcCE7qkO2GOO8FW7tNRRdFU4PKeiH0DfQB9r-HzGTLtDCM6pmb0oAHi-hiZ05mc7nlITko6TbRYs=', '', 'jo@signed.example', 'jo@signed.example', 'S-2', 4, '{"Hours": "12"}', NULL, '', '2026-12-01 21:44:53.875455+00', NULL, 'Jo Fell', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(26, 11, 'u_hJIyDALFiH4Wx3RTVy3FU90TaVZcWTQBIP7V5dIeuVNMYnHkD4CnfY-SB3_3D3o4yzYuke8sWOJbg=', '', 'kim@signed.example', 'kim@signed.example', 'S-3', 0, '{}', NULL, '', '2026-12-01 21:44:56.648728+00', NULL, 'Kim Hills', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(27, 12, 'OY9_meDBJ6BdbmZ8HR_FDVTcPgrtrwlrOLtre-mC1ho3cJNxOXiqem0EQrD22tiOo1dj5pZa2AhJ3c0=', 'Ana', 'old0@example.org', 'old0@example.org', '2026-000001', 4, '{}', NULL, '', '2026-12-01 21:44:57.608841+00', '2026-12-01 21:44:58.371995+00', '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:44:57.692144+00', NULL, NULL, NULL),
	(28, 12, 'Ah_lqUgv5nU9CtJXmzxq4KNm8LXC_8P4wrLV3svlUqCSqTOZgLS2gZDtFA8pu8_Z2QwwaTOTiN2CdWw=', 'Ana', 'old1@example.org', 'old1@example.org', '2026-000002', 4, '{}', NULL, '', '2026-12-01 21:45:01.408536+00', '2026-12-01 21:45:01.688814+00', '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:01.438131+00', NULL, NULL, NULL),
	(29, 3, '48y8gALvbGy5mJNYS4iIJlXo3mrUL-3b-eW-VBULis-y0wXKNABRlV2zqhN-nf7pptHPmiWGlUSevlc=', '', 'later0@example.org', 'later0@example.org', '2026-000008', 0, '{}', NULL, '', '2026-12-01 21:45:04.279815+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL),
	(30, 3, '7h4VG1B81fVxY2CaYU3QSlSvqFCna5HKxiNqsrOfzdeL6CDBLCIRzGIG-fgXD5fFd8xtLqPxvlu9UKI=', '', 'later1@example.org', 'later1@example.org', '2026-000009', 0, '{}', NULL, '', '2026-12-01 21:45:04.279815+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL),
	(31, 3, 'DgOGZon7af91OsOxqkwewlShGpAEC9N8vHaYnTIA3JDvedxRj2PVQjgYu6yCavNCPaaZ-Ckkd4Agwt8=', '', 'later2@example.org', 'later2@example.org', '2026-000010', 0, '{}', NULL, '', '2026-12-01 21:45:04.279815+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL),
	(32, 3, 'IBFOhxPpOpvqr9C9l2K9zvt-tS8l3uKUN3d05La_SZpbsdnSbFhi5obV4uzzIUsw7aX5fHz6YdDHizg=', '', 'later3@example.org', 'later3@example.org', '2026-000011', 0, '{}', NULL, '', '2026-12-01 21:45:04.279815+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL),
	(33, 3, 'ROhGoat9dTGjm63Zo33hupFyaiwDLDOcIitmKPUCG5_Zqh4177SF3yzvYt4Za8AkAop5CKRkcAarrGs=', '', 'later4@example.org', 'later4@example.org', '2026-000012', 0, '{}', NULL, '', '2026-12-01 21:45:04.279815+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL),
	(34, 3, 'RqRyo641gry6HC44EzvboA95TeIrB1Grf0wqiYs1I7hS8_T-KtZCHycLcP6RIh_6-uwkJ734E5g9Y-s=', '', 'later5@example.org', 'later5@example.org', '2026-000013', 0, '{}', NULL, '', '2026-12-01 21:45:04.279815+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL),
	(35, 3, 'kYbqdy_a7uLHUhbrS-gVTS1E0Nj0jKhwMEfdFHrd3OrWn67CPKWDUE1Ini8aNVyOGP5P3Z1WXcVJ6N0=', '', 'later6@example.org', 'later6@example.org', '2026-000014', 0, '{}', NULL, '', '2026-12-01 21:45:04.279815+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:04.294062+00', NULL, NULL, NULL),
	(37, 3, NULL, '', 'new@example.org', 'new@example.org', '2026-000016', 0, '{}', NULL, '', '2026-12-01 21:45:04.372355+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(38, 13, 'gMZk9hwNRT1gnkpCnuuaKgMvpqj1FZIILP1ZieZYZhCu3AAfXilxV-kde90i-wJIHBdQXVpPfvycpDs=', '', 'xo@token.example', 'xo@token.example', '2026-000001', 0, '{}', NULL, '', '2026-12-01 21:45:05.345814+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:05.367553+00', NULL, NULL, NULL),
	(39, 14, 'RF3FEBQ5gd8rxkhNOYHMbB2oHtHe9SAhrv4AtHMttuoT18JtDAmu6E-4qMeWVwbWR_bmFZOiqg-TkrA=', '', 'graph@token.example', 'graph@token.example', '2026-000001', 0, '{}', NULL, '', '2026-12-01 21:45:05.527399+00', NULL, '', NULL, NULL, NULL, NULL, NULL, NULL, '2026-12-01 21:45:05.550638+00', NULL, NULL, NULL);


--
-- Data for Name: volunteer_search; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.volunteer_search VALUES
	(1, '''2:

2'' ''2:
20'' ''2:
王小'' ''2:-00'' ''2:.or'' ''2:000'' ''2:001'' ''2:01'' ''2:026'' ''2:1'' ''2:202'' ''2:26-'' ''2:6-0'' ''2:@ex'' ''2:amp'' ''2:an@'' ''2:e.o'' ''2:exa'' ''2:g
王'' ''2:le.'' ''2:mpl'' ''2:n@e'' ''2:org'' ''2:ple'' ''2:rg
'' ''2:xam'' ''2:小明
'' ''2:明

'' ''2:王小明'''),
	(2, '''2:

欧'' ''2:
20'' ''2:
欧阳'' ''2:-00'' ''2:.or'' ''2:000'' ''2:002'' ''2:02'' ''2:026'' ''2:2'' ''2:202'' ''2:26-'' ''2:6-0'' ''2:@ex'' ''2:amp'' ''2:bo@'' ''2:e.o'' ''2:exa'' ''2:g

'' ''2:le.'' ''2:mpl'' ''2:o@e'' ''2:org'' ''2:ple'' ''2:rg
'' ''2:xam'' ''2:娜
2'' ''2:娜娜
'' ''2:欧阳娜'' ''2:阳娜娜'''),
	(7, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:004'' ''3:026'' ''3:04'' ''3:202'' ''3:26-'' ''3:4'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:d@e'' ''3:e.o'' ''3:ed@'' ''3:efu'' ''3:exa'' ''3:fus'' ''3:g

'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:ref'' ''3:rg
'' ''3:sed'' ''3:use'' ''3:xam'''),
	(9, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:006'' ''3:026'' ''3:06'' ''3:202'' ''3:26-'' ''3:6'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:e.o'' ''3:exa'' ''3:g

'' ''3:le.'' ''3:los'' ''3:mpl'' ''3:org'' ''3:ost'' ''3:ple'' ''3:rg
'' ''3:st@'' ''3:t@e'' ''3:xam'''),
	(3, '''3:
an'' ''3:
hr'' ''3: ma'' ''3: nú'' ''3: si'' ''3:-7'' ''3:.or'' ''3:7'' ''3:@ex'' ''3:a
a'' ''3:a m'' ''3:a n'' ''3:a s'' ''3:a@e'' ''3:amp'' ''3:ana'' ''3:arí'' ''3:e.o'' ''3:exa'' ''3:ez
'' ''3:g
a'' ''3:hr-'' ''3:ilv'' ''3:le.'' ''3:lva'' ''3:mar'' ''3:mpl'' ''3:na '' ''3:na@'' ''3:núñ'' ''3:org'' ''3:ple'' ''3:r-7'' ''3:rg
'' ''3:ría'' ''3:sil'' ''3:va
'' ''3:xam'' ''3:z
h'' ''3:ía '' ''3:ñez'' ''3:úñe'''),
	(4, '''3:

m'' ''3:
20'' ''3:
ma'' ''3: al'' ''3: ho'' ''3: un'' ''3: vo'' ''3: zu'' ''3:-00'' ''3:-w.'' ''3:.
2'' ''3:.or'' ''3:000'' ''3:001'' ''3:01'' ''3:026'' ''3:1'' ''3:202'' ''3:26-'' ''3:6-0'' ''3:@ex'' ''3:a v'' ''3:ale'' ''3:amp'' ''3:and'' ''3:ane'' ''3:axi'' ''3:bo@'' ''3:d z'' ''3:dra'' ''3:e a'' ''3:e.o'' ''3:ein'' ''3:ens'' ''3:exa'' ''3:g

'' ''3:hen'' ''3:hoh'' ''3:ian'' ''3:ili'' ''3:imi'' ''3:in-'' ''3:le.'' ''3:lex'' ''3:lia'' ''3:max'' ''3:mil'' ''3:mpl'' ''3:n u'' ''3:n-w'' ''3:nd '' ''3:ndr'' ''3:ne '' ''3:nst'' ''3:o@e'' ''3:ohe'' ''3:on '' ''3:org'' ''3:ple'' ''3:ra '' ''3:rg
'' ''3:ste'' ''3:tei'' ''3:u h'' ''3:und'' ''3:von'' ''3:w.
'' ''3:xam'' ''3:xan'' ''3:xim'' ''3:zu '''),
	(5, '''3:

王'' ''3:
20'' ''3:
王小'' ''3: ha'' ''3: of'' ''3: th'' ''3:-00'' ''3:.or'' ''3:000'' ''3:002'' ''3:02'' ''3:026'' ''3:2'' ''3:202'' ''3:26-'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:arb'' ''3:bou'' ''3:cy@'' ''3:e h'' ''3:e.o'' ''3:exa'' ''3:f t'' ''3:g

'' ''3:har'' ''3:he '' ''3:le.'' ''3:mpl'' ''3:of '' ''3:org'' ''3:our'' ''3:ple'' ''3:r
2'' ''3:rbo'' ''3:rg
'' ''3:the'' ''3:ur
'' ''3:xam'' ''3:y@e'' ''3:小明 '' ''3:明 o'' ''3:王小明'''),
	(6, '''3:

d'' ''3:
20'' ''3:
de'' ''3: ณั'' ''3:-00'' ''3:.or'' ''3:000'' ''3:003'' ''3:026'' ''3:03'' ''3:202'' ''3:26-'' ''3:3'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:dee'' ''3:e ณ'' ''3:e.o'' ''3:e@e'' ''3:ee '' ''3:ee@'' ''3:exa'' ''3:g

'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:rg
'' ''3:xam'' ''3:ฐวุ'' ''3:ฒิ
'' ''3:ณัฐ'' ''3:วุฒ'' ''3:ัฐว'' ''3:ิ
2'' ''3:ุฒิ'''),
	(11, '''4:


'' ''4:

2'' ''4:
20'' ''4:-00'' ''4:.or'' ''4:000'' ''4:001'' ''4:01'' ''4:026'' ''4:1'' ''4:202'' ''4:26-'' ''4:6-0'' ''4:@ex'' ''4:a@e'' ''4:amp'' ''4:e.o'' ''4:eva'' ''4:exa'' ''4:g

'' ''4:le.'' ''4:mpl'' ''4:org'' ''4:ple'' ''4:rg
'' ''4:va@'' ''4:xam'''),
	(12, '''4:


'' ''4:

2'' ''4:
20'' ''4:-00'' ''4:.or'' ''4:000'' ''4:002'' ''4:02'' ''4:026'' ''4:2'' ''4:202'' ''4:26-'' ''4:6-0'' ''4:@ex'' ''4:amp'' ''4:e.o'' ''4:exa'' ''4:fin'' ''4:g

'' ''4:in@'' ''4:le.'' ''4:mpl'' ''4:n@e'' ''4:org'' ''4:ple'' ''4:rg
'' ''4:xam'''),
	(13, '''6:

l'' ''6:
an'' ''6:
l-'' ''6: si'' ''6:-1'' ''6:.ex'' ''6:1'' ''6:@la'' ''6:a

'' ''6:a s'' ''6:a@l'' ''6:amp'' ''6:ana'' ''6:ant'' ''6:e
a'' ''6:ern'' ''6:exa'' ''6:ilv'' ''6:l-1'' ''6:lan'' ''6:le
'' ''6:lva'' ''6:mpl'' ''6:n.e'' ''6:na '' ''6:na@'' ''6:nte'' ''6:ple'' ''6:rn.'' ''6:sil'' ''6:ter'' ''6:va
'' ''6:xam'''),
	(14, '''6:

l'' ''6:
l-'' ''6:
王小'' ''6:-2'' ''6:.ex'' ''6:2'' ''6:@la'' ''6:amp'' ''6:ant'' ''6:bo@'' ''6:e
王'' ''6:ern'' ''6:exa'' ''6:l-2'' ''6:lan'' ''6:le
'' ''6:mpl'' ''6:n.e'' ''6:nte'' ''6:o@l'' ''6:ple'' ''6:rn.'' ''6:ter'' ''6:xam'' ''6:小明
'' ''6:明

'' ''6:王小明'''),
	(15, '''6:

l'' ''6:
cy'' ''6:
l-'' ''6: yo'' ''6:-3'' ''6:.ex'' ''6:3'' ''6:@la'' ''6:amp'' ''6:ant'' ''6:cy '' ''6:cy@'' ''6:e
c'' ''6:ern'' ''6:exa'' ''6:g

'' ''6:l-3'' ''6:lan'' ''6:le
'' ''6:mpl'' ''6:n.e'' ''6:ng
'' ''6:nte'' ''6:oun'' ''6:ple'' ''6:rn.'' ''6:ter'' ''6:ung'' ''6:xam'' ''6:y y'' ''6:y@l'' ''6:you'''),
	(18, '''6:

l'' ''6:
fl'' ''6:
l-'' ''6: ba'' ''6:-6'' ''6:.ex'' ''6:6'' ''6:@la'' ''6:ack'' ''6:amp'' ''6:ant'' ''6:bac'' ''6:ck
'' ''6:e
f'' ''6:ern'' ''6:exa'' ''6:flo'' ''6:k

'' ''6:l-6'' ''6:lan'' ''6:le
'' ''6:lo '' ''6:lo@'' ''6:mpl'' ''6:n.e'' ''6:nte'' ''6:o b'' ''6:o@l'' ''6:ple'' ''6:rn.'' ''6:ter'' ''6:xam'''),
	(16, '''6:
di'' ''6:
l-'' ''6: ma'' ''6:-4'' ''6:.ex'' ''6:4'' ''6:@la'' ''6:a m'' ''6:amp'' ''6:ana'' ''6:ant'' ''6:ars'' ''6:di '' ''6:di@'' ''6:dia'' ''6:e
d'' ''6:ern'' ''6:exa'' ''6:h
d'' ''6:h
l'' ''6:i m'' ''6:i@l'' ''6:ian'' ''6:l-4'' ''6:lan'' ''6:le
'' ''6:mar'' ''6:mpl'' ''6:n.e'' ''6:na '' ''6:nte'' ''6:ple'' ''6:rn.'' ''6:rsh'' ''6:sh
'' ''6:ter'' ''6:xam'''),
	(17, '''6:


'' ''6:

e'' ''6:
er'' ''6:-17'' ''6:17'' ''6:17
'' ''6:7'' ''6:7

'' ''6:ase'' ''6:d-1'' ''6:ed-'' ''6:era'' ''6:ras'' ''6:sed'''),
	(27, '''12:

a'' ''12:
20'' ''12:
an'' ''12:-00'' ''12:.or'' ''12:000'' ''12:001'' ''12:01'' ''12:026'' ''12:0@e'' ''12:1'' ''12:202'' ''12:26-'' ''12:6-0'' ''12:@ex'' ''12:a
2'' ''12:amp'' ''12:ana'' ''12:d0@'' ''12:e.o'' ''12:exa'' ''12:g

'' ''12:ld0'' ''12:le.'' ''12:mpl'' ''12:na
'' ''12:old'' ''12:org'' ''12:ple'' ''12:rg
'' ''12:xam'''),
	(28, '''12:

a'' ''12:
20'' ''12:
an'' ''12:-00'' ''12:.or'' ''12:000'' ''12:002'' ''12:02'' ''12:026'' ''12:1@e'' ''12:2'' ''12:202'' ''12:26-'' ''12:6-0'' ''12:@ex'' ''12:a
2'' ''12:amp'' ''12:ana'' ''12:d1@'' ''12:e.o'' ''12:exa'' ''12:g

'' ''12:ld1'' ''12:le.'' ''12:mpl'' ''12:na
'' ''12:old'' ''12:org'' ''12:ple'' ''12:rg
'' ''12:xam'''),
	(8, '''3:

g'' ''3:
20'' ''3:
gr'' ''3: gh'' ''3:-00'' ''3:.or'' ''3:000'' ''3:005'' ''3:026'' ''3:05'' ''3:202'' ''3:26-'' ''3:5'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:e.o'' ''3:exa'' ''3:ey '' ''3:ey@'' ''3:g

'' ''3:gho'' ''3:gre'' ''3:hos'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ost'' ''3:ple'' ''3:rey'' ''3:rg
'' ''3:st
'' ''3:t
2'' ''3:xam'' ''3:y g'' ''3:y@e'''),
	(10, '''3:

q'' ''3:
20'' ''3:
qu'' ''3: qu'' ''3:-00'' ''3:.or'' ''3:000'' ''3:007'' ''3:026'' ''3:07'' ''3:202'' ''3:26-'' ''3:6-0'' ''3:7'' ''3:@ex'' ''3:amp'' ''3:e.o'' ''3:et '' ''3:et@'' ''3:exa'' ''3:g

'' ''3:iet'' ''3:inn'' ''3:le.'' ''3:mpl'' ''3:n
2'' ''3:nn
'' ''3:org'' ''3:ple'' ''3:qui'' ''3:rg
'' ''3:t q'' ''3:t@e'' ''3:uie'' ''3:uin'' ''3:xam'''),
	(19, '''6:


'' ''6:

l'' ''6:
l-'' ''6:-7'' ''6:.ex'' ''6:7'' ''6:@la'' ''6:amp'' ''6:ant'' ''6:e

'' ''6:ern'' ''6:exa'' ''6:gil'' ''6:il@'' ''6:l-7'' ''6:l@l'' ''6:lan'' ''6:le
'' ''6:mpl'' ''6:n.e'' ''6:nte'' ''6:ple'' ''6:rn.'' ''6:ter'' ''6:xam'''),
	(20, '''6:


'' ''6:

l'' ''6:
l-'' ''6:-8'' ''6:.ex'' ''6:8'' ''6:@la'' ''6:al@'' ''6:amp'' ''6:ant'' ''6:e

'' ''6:ern'' ''6:exa'' ''6:hal'' ''6:l-8'' ''6:l@l'' ''6:lan'' ''6:le
'' ''6:mpl'' ''6:n.e'' ''6:nte'' ''6:ple'' ''6:rn.'' ''6:ter'' ''6:xam'''),
	(22, '''7:

2'' ''7:
20'' ''7:
吴大'' ''7:-00'' ''7:.ex'' ''7:000'' ''7:002'' ''7:02'' ''7:026'' ''7:2'' ''7:202'' ''7:26-'' ''7:6-0'' ''7:@la'' ''7:amp'' ''7:ant'' ''7:e
吴'' ''7:ern'' ''7:exa'' ''7:lan'' ''7:le
'' ''7:mpl'' ''7:n.e'' ''7:nte'' ''7:ple'' ''7:rn.'' ''7:ter'' ''7:u@l'' ''7:wu@'' ''7:xam'' ''7:吴大海'' ''7:大海
'' ''7:海

'''),
	(21, '''7:
20'' ''7:
李晓'' ''7:-00'' ''7:.ex'' ''7:000'' ''7:001'' ''7:01'' ''7:026'' ''7:1'' ''7:202'' ''7:26-'' ''7:6-0'' ''7:@la'' ''7:amp'' ''7:ant'' ''7:e
李'' ''7:ern'' ''7:exa'' ''7:i@l'' ''7:lan'' ''7:le
'' ''7:li@'' ''7:mpl'' ''7:n.e'' ''7:nte'' ''7:ple'' ''7:rn.'' ''7:ter'' ''7:xam'' ''7:晓红
'' ''7:晓虹
'' ''7:李晓红'' ''7:李晓虹'' ''7:红
李'' ''7:虹
2'''),
	(23, '''8:
20'' ''8:
ol'' ''8: ol'' ''8:-00'' ''8:000'' ''8:001'' ''8:01'' ''8:01b'' ''8:026'' ''8:041'' ''8:084'' ''8:0ef'' ''8:1'' ''8:171'' ''8:17f'' ''8:1bd'' ''8:1f4'' ''8:202'' ''8:229'' ''8:26-'' ''8:290'' ''8:401'' ''8:417'' ''8:487'' ''8:489'' ''8:49e'' ''8:557'' ''8:559'' ''8:55b'' ''8:575'' ''8:59e'' ''8:5a4'' ''8:5a7'' ''8:5b1'' ''8:5f5'' ''8:6-0'' ''8:604'' ''8:7
o'' ''8:717'' ''8:748'' ''8:755'' ''8:799'' ''8:7fa'' ''8:7fd'' ''8:848'' ''8:874'' ''8:89b'' ''8:908'' ''8:975'' ''8:997'' ''8:9b5'' ''8:9ea'' ''8:9eb'' ''8:9f6'' ''8:a
2'' ''8:a
o'' ''8:a22'' ''8:a49'' ''8:a5a'' ''8:a7
'' ''8:b0e'' ''8:b1f'' ''8:b5f'' ''8:b9f'' ''8:bd5'' ''8:d o'' ''8:d5a'' ''8:deb'' ''8:ea2'' ''8:eb0'' ''8:eb9'' ''8:ef7'' ''8:f40'' ''8:f55'' ''8:f60'' ''8:f7f'' ''8:fa5'' ''8:fde'' ''8:ga
'' ''8:ld '' ''8:lga'' ''8:old'' ''8:olg'''),
	(24, '''11:

s'' ''11:
id'' ''11:
s-'' ''11: mo'' ''11:-1'' ''11:.ex'' ''11:1'' ''11:@si'' ''11:a m'' ''11:a@s'' ''11:amp'' ''11:d.e'' ''11:da '' ''11:da@'' ''11:e
i'' ''11:ed.'' ''11:exa'' ''11:gne'' ''11:ida'' ''11:ign'' ''11:le
'' ''11:mos'' ''11:mpl'' ''11:ned'' ''11:oss'' ''11:ple'' ''11:s

'' ''11:s-1'' ''11:sig'' ''11:ss
'' ''11:xam'''),
	(25, '''11:

s'' ''11:
jo'' ''11:
s-'' ''11: fe'' ''11:-2'' ''11:.ex'' ''11:2'' ''11:@si'' ''11:amp'' ''11:d.e'' ''11:e
j'' ''11:ed.'' ''11:ell'' ''11:exa'' ''11:fel'' ''11:gne'' ''11:ign'' ''11:jo '' ''11:jo@'' ''11:l

'' ''11:le
'' ''11:ll
'' ''11:mpl'' ''11:ned'' ''11:o f'' ''11:o@s'' ''11:ple'' ''11:s-2'' ''11:sig'' ''11:xam'''),
	(26, '''11:

s'' ''11:
ki'' ''11:
s-'' ''11: hi'' ''11:-3'' ''11:.ex'' ''11:3'' ''11:@si'' ''11:amp'' ''11:d.e'' ''11:e
k'' ''11:ed.'' ''11:exa'' ''11:gne'' ''11:hil'' ''11:ign'' ''11:ill'' ''11:im '' ''11:im@'' ''11:kim'' ''11:le
'' ''11:lls'' ''11:ls
'' ''11:m h'' ''11:m@s'' ''11:mpl'' ''11:ned'' ''11:ple'' ''11:s

'' ''11:s-3'' ''11:sig'' ''11:xam'''),
	(29, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:008'' ''3:026'' ''3:08'' ''3:0@e'' ''3:202'' ''3:26-'' ''3:6-0'' ''3:8'' ''3:@ex'' ''3:amp'' ''3:ate'' ''3:e.o'' ''3:er0'' ''3:exa'' ''3:g

'' ''3:lat'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:r0@'' ''3:rg
'' ''3:ter'' ''3:xam'''),
	(30, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:009'' ''3:026'' ''3:09'' ''3:1@e'' ''3:202'' ''3:26-'' ''3:6-0'' ''3:9'' ''3:@ex'' ''3:amp'' ''3:ate'' ''3:e.o'' ''3:er1'' ''3:exa'' ''3:g

'' ''3:lat'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:r1@'' ''3:rg
'' ''3:ter'' ''3:xam'''),
	(31, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:0'' ''3:000'' ''3:001'' ''3:010'' ''3:026'' ''3:10'' ''3:202'' ''3:26-'' ''3:2@e'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:ate'' ''3:e.o'' ''3:er2'' ''3:exa'' ''3:g

'' ''3:lat'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:r2@'' ''3:rg
'' ''3:ter'' ''3:xam'''),
	(32, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:001'' ''3:011'' ''3:026'' ''3:1'' ''3:11'' ''3:202'' ''3:26-'' ''3:3@e'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:ate'' ''3:e.o'' ''3:er3'' ''3:exa'' ''3:g

'' ''3:lat'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:r3@'' ''3:rg
'' ''3:ter'' ''3:xam'''),
	(33, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:001'' ''3:012'' ''3:026'' ''3:12'' ''3:2'' ''3:202'' ''3:26-'' ''3:4@e'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:ate'' ''3:e.o'' ''3:er4'' ''3:exa'' ''3:g

'' ''3:lat'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:r4@'' ''3:rg
'' ''3:ter'' ''3:xam'''),
	(34, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:001'' ''3:013'' ''3:026'' ''3:13'' ''3:202'' ''3:26-'' ''3:3'' ''3:5@e'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:ate'' ''3:e.o'' ''3:er5'' ''3:exa'' ''3:g

'' ''3:lat'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:r5@'' ''3:rg
'' ''3:ter'' ''3:xam'''),
	(35, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:001'' ''3:014'' ''3:026'' ''3:14'' ''3:202'' ''3:26-'' ''3:4'' ''3:6-0'' ''3:6@e'' ''3:@ex'' ''3:amp'' ''3:ate'' ''3:e.o'' ''3:er6'' ''3:exa'' ''3:g

'' ''3:lat'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:r6@'' ''3:rg
'' ''3:ter'' ''3:xam'''),
	(36, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:001'' ''3:015'' ''3:026'' ''3:15'' ''3:202'' ''3:26-'' ''3:5'' ''3:6-0'' ''3:7@e'' ''3:@ex'' ''3:amp'' ''3:ate'' ''3:e.o'' ''3:er7'' ''3:exa'' ''3:g

'' ''3:lat'' ''3:le.'' ''3:mpl'' ''3:org'' ''3:ple'' ''3:r7@'' ''3:rg
'' ''3:ter'' ''3:xam'''),
	(37, '''3:


'' ''3:

2'' ''3:
20'' ''3:-00'' ''3:.or'' ''3:000'' ''3:001'' ''3:016'' ''3:026'' ''3:16'' ''3:202'' ''3:26-'' ''3:6'' ''3:6-0'' ''3:@ex'' ''3:amp'' ''3:e.o'' ''3:ew@'' ''3:exa'' ''3:g

'' ''3:le.'' ''3:mpl'' ''3:new'' ''3:org'' ''3:ple'' ''3:rg
'' ''3:w@e'' ''3:xam'''),
	(38, '''13:


'' ''13:

2'' ''13:
20'' ''13:-00'' ''13:.ex'' ''13:000'' ''13:001'' ''13:01'' ''13:026'' ''13:1'' ''13:202'' ''13:26-'' ''13:6-0'' ''13:@to'' ''13:amp'' ''13:e

'' ''13:en.'' ''13:exa'' ''13:ken'' ''13:le
'' ''13:mpl'' ''13:n.e'' ''13:o@t'' ''13:oke'' ''13:ple'' ''13:tok'' ''13:xam'' ''13:xo@'''),
	(39, '''14:


'' ''14:

2'' ''14:
20'' ''14:-00'' ''14:.ex'' ''14:000'' ''14:001'' ''14:01'' ''14:026'' ''14:1'' ''14:202'' ''14:26-'' ''14:6-0'' ''14:@to'' ''14:amp'' ''14:aph'' ''14:e

'' ''14:en.'' ''14:exa'' ''14:gra'' ''14:h@t'' ''14:ken'' ''14:le
'' ''14:mpl'' ''14:n.e'' ''14:oke'' ''14:ph@'' ''14:ple'' ''14:rap'' ''14:tok'' ''14:xam''');


--
-- Data for Name: worker; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: access_key_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.access_key_id_seq', 5, true);


--
-- Name: achievement_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.achievement_id_seq', 1, true);


--
-- Name: attempt_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.attempt_id_seq', 46, true);


--
-- Name: audit_entry_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.audit_entry_id_seq', 136, true);


--
-- Name: bounce_mailbox_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.bounce_mailbox_id_seq', 2, true);


--
-- Name: bounce_report_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.bounce_report_id_seq', 1, true);


--
-- Name: certificate_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.certificate_id_seq', 22, true);


--
-- Name: colleague_invitation_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.colleague_invitation_id_seq', 4, true);


--
-- Name: console_session_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.console_session_id_seq', 4, true);


--
-- Name: credential_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.credential_id_seq', 2, true);


--
-- Name: design_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.design_id_seq', 21, true);


--
-- Name: event_group_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.event_group_id_seq', 4, true);


--
-- Name: event_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.event_id_seq', 14, true);


--
-- Name: issuer_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.issuer_id_seq', 1, true);


--
-- Name: issuer_key_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.issuer_key_id_seq', 2, true);


--
-- Name: list_change_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.list_change_id_seq', 14, true);


--
-- Name: list_column_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.list_column_id_seq', 5, true);


--
-- Name: list_import_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.list_import_id_seq', 5, true);


--
-- Name: mail_access_token_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.mail_access_token_id_seq', 2, true);


--
-- Name: mail_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.mail_id_seq', 59, true);


--
-- Name: mail_sign_in_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.mail_sign_in_id_seq', 2, true);


--
-- Name: owner_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.owner_id_seq', 1, false);


--
-- Name: rehearsal_mail_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.rehearsal_mail_id_seq', 3, true);


--
-- Name: sending_account_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sending_account_id_seq', 11, true);


--
-- Name: status_list_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.status_list_id_seq', 1, true);


--
-- Name: volunteer_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.volunteer_id_seq', 39, true);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: console_draft console_draft_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.console_draft
    ADD CONSTRAINT console_draft_pkey PRIMARY KEY (place);


--
-- Name: list_change list_change_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_change
    ADD CONSTRAINT list_change_pkey PRIMARY KEY (id);


--
-- Name: list_import list_import_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_import
    ADD CONSTRAINT list_import_pkey PRIMARY KEY (id);


--
-- Name: access_key pk_access_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_key
    ADD CONSTRAINT pk_access_key PRIMARY KEY (id);


--
-- Name: achievement pk_achievement; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.achievement
    ADD CONSTRAINT pk_achievement PRIMARY KEY (id);


--
-- Name: attempt pk_attempt; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT pk_attempt PRIMARY KEY (id);


--
-- Name: audit_entry pk_audit_entry; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT pk_audit_entry PRIMARY KEY (id);


--
-- Name: bounce_mailbox pk_bounce_mailbox; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bounce_mailbox
    ADD CONSTRAINT pk_bounce_mailbox PRIMARY KEY (id);


--
-- Name: bounce_report pk_bounce_report; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bounce_report
    ADD CONSTRAINT pk_bounce_report PRIMARY KEY (id);


--
-- Name: certificate pk_certificate; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT pk_certificate PRIMARY KEY (id);


--
-- Name: colleague_invitation pk_colleague_invitation; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.colleague_invitation
    ADD CONSTRAINT pk_colleague_invitation PRIMARY KEY (id);


--
-- Name: console_session pk_console_session; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.console_session
    ADD CONSTRAINT pk_console_session PRIMARY KEY (id);


--
-- Name: credential pk_credential; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT pk_credential PRIMARY KEY (id);


--
-- Name: crowded_name pk_crowded_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.crowded_name
    ADD CONSTRAINT pk_crowded_name PRIMARY KEY (volunteer_id);


--
-- Name: design pk_design; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design
    ADD CONSTRAINT pk_design PRIMARY KEY (id);


--
-- Name: erased_address pk_erased_address; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.erased_address
    ADD CONSTRAINT pk_erased_address PRIMARY KEY (event_id, address_hash);


--
-- Name: event pk_event; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (id);


--
-- Name: event_font pk_event_font; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_font
    ADD CONSTRAINT pk_event_font PRIMARY KEY (event_id, sha256);


--
-- Name: event_group pk_event_group; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_group
    ADD CONSTRAINT pk_event_group PRIMARY KEY (id);


--
-- Name: fit_progress pk_fit_progress; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fit_progress
    ADD CONSTRAINT pk_fit_progress PRIMARY KEY (event_id);


--
-- Name: font_file pk_font_file; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.font_file
    ADD CONSTRAINT pk_font_file PRIMARY KEY (sha256);


--
-- Name: issuer pk_issuer; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer
    ADD CONSTRAINT pk_issuer PRIMARY KEY (id);


--
-- Name: issuer_key pk_issuer_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer_key
    ADD CONSTRAINT pk_issuer_key PRIMARY KEY (id);


--
-- Name: issuer_logo pk_issuer_logo; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer_logo
    ADD CONSTRAINT pk_issuer_logo PRIMARY KEY (issuer_id, sha256);


--
-- Name: list_column pk_list_column; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_column
    ADD CONSTRAINT pk_list_column PRIMARY KEY (id);


--
-- Name: mail pk_mail; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT pk_mail PRIMARY KEY (id);


--
-- Name: mail_access_token pk_mail_access_token; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_access_token
    ADD CONSTRAINT pk_mail_access_token PRIMARY KEY (id);


--
-- Name: mail_sign_in pk_mail_sign_in; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_sign_in
    ADD CONSTRAINT pk_mail_sign_in PRIMARY KEY (id);


--
-- Name: owner pk_owner; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.owner
    ADD CONSTRAINT pk_owner PRIMARY KEY (id);


--
-- Name: picture pk_picture; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.picture
    ADD CONSTRAINT pk_picture PRIMARY KEY (sha256);


--
-- Name: rehearsal_mail pk_rehearsal_mail; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rehearsal_mail
    ADD CONSTRAINT pk_rehearsal_mail PRIMARY KEY (id);


--
-- Name: sending_account pk_sending_account; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sending_account
    ADD CONSTRAINT pk_sending_account PRIMARY KEY (id);


--
-- Name: status_list pk_status_list; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.status_list
    ADD CONSTRAINT pk_status_list PRIMARY KEY (id);


--
-- Name: suppressed_address pk_suppressed_address; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suppressed_address
    ADD CONSTRAINT pk_suppressed_address PRIMARY KEY (account_id, address_hash, reason);


--
-- Name: unread_value pk_unread_value; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.unread_value
    ADD CONSTRAINT pk_unread_value PRIMARY KEY (column_id, volunteer_id);


--
-- Name: vector_page pk_vector_page; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.vector_page
    ADD CONSTRAINT pk_vector_page PRIMARY KEY (sha256);


--
-- Name: volunteer pk_volunteer; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT pk_volunteer PRIMARY KEY (id);


--
-- Name: worker pk_worker; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.worker
    ADD CONSTRAINT pk_worker PRIMARY KEY (id);


--
-- Name: schema_floor schema_floor_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_floor
    ADD CONSTRAINT schema_floor_pkey PRIMARY KEY (revision);


--
-- Name: access_key uq_access_key_key_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_key
    ADD CONSTRAINT uq_access_key_key_hash UNIQUE (key_hash);


--
-- Name: achievement uq_achievement_event_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.achievement
    ADD CONSTRAINT uq_achievement_event_id UNIQUE (event_id, digest);


--
-- Name: achievement uq_achievement_public_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.achievement
    ADD CONSTRAINT uq_achievement_public_id UNIQUE (public_id);


--
-- Name: bounce_mailbox uq_bounce_mailbox_account_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bounce_mailbox
    ADD CONSTRAINT uq_bounce_mailbox_account_id UNIQUE (account_id);


--
-- Name: bounce_report uq_bounce_report_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bounce_report
    ADD CONSTRAINT uq_bounce_report_key UNIQUE (key);


--
-- Name: certificate uq_certificate_public_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT uq_certificate_public_id UNIQUE (public_id);


--
-- Name: certificate uq_certificate_volunteer_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT uq_certificate_volunteer_id UNIQUE (volunteer_id, revision);


--
-- Name: colleague_invitation uq_colleague_invitation_token_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.colleague_invitation
    ADD CONSTRAINT uq_colleague_invitation_token_hash UNIQUE (token_hash);


--
-- Name: console_session uq_console_session_token_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.console_session
    ADD CONSTRAINT uq_console_session_token_hash UNIQUE (token_hash);


--
-- Name: credential uq_credential_certificate_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT uq_credential_certificate_id UNIQUE (certificate_id, edition);


--
-- Name: credential uq_credential_status_list_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT uq_credential_status_list_id UNIQUE (status_list_id, index);


--
-- Name: design uq_design_event_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design
    ADD CONSTRAINT uq_design_event_id UNIQUE (event_id, version);


--
-- Name: event_group uq_event_group_event_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_group
    ADD CONSTRAINT uq_event_group_event_id UNIQUE (event_id, column_title, value);


--
-- Name: event uq_event_organizer_token_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT uq_event_organizer_token_hash UNIQUE (organizer_token_hash);


--
-- Name: issuer_key uq_issuer_key_issuer_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer_key
    ADD CONSTRAINT uq_issuer_key_issuer_id UNIQUE (issuer_id, name);


--
-- Name: issuer uq_issuer_slug; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer
    ADD CONSTRAINT uq_issuer_slug UNIQUE (slug);


--
-- Name: list_column uq_list_column_event_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_column
    ADD CONSTRAINT uq_list_column_event_id UNIQUE (event_id, title);


--
-- Name: mail_access_token uq_mail_access_token_sign_in_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_access_token
    ADD CONSTRAINT uq_mail_access_token_sign_in_id UNIQUE (sign_in_id, scope);


--
-- Name: mail_sign_in uq_mail_sign_in_account_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_sign_in
    ADD CONSTRAINT uq_mail_sign_in_account_id UNIQUE (account_id);


--
-- Name: mail uq_mail_volunteer_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT uq_mail_volunteer_id UNIQUE (volunteer_id, kind, version);


--
-- Name: status_list uq_status_list_public_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.status_list
    ADD CONSTRAINT uq_status_list_public_id UNIQUE (public_id);


--
-- Name: volunteer uq_volunteer_event_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT uq_volunteer_event_id UNIQUE (event_id, email_key);


--
-- Name: volunteer uq_volunteer_number; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT uq_volunteer_number UNIQUE (event_id, number);


--
-- Name: volunteer uq_volunteer_token; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT uq_volunteer_token UNIQUE (token);


--
-- Name: volunteer_search volunteer_search_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer_search
    ADD CONSTRAINT volunteer_search_pkey PRIMARY KEY (volunteer_id);


--
-- Name: ix_access_key_event_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_access_key_event_id ON public.access_key USING btree (event_id);


--
-- Name: ix_access_key_identity; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ix_access_key_identity ON public.access_key USING btree (issuer, subject, event_id) WHERE ((issuer IS NOT NULL) AND (revoked_at IS NULL));


--
-- Name: ix_attempt_account_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_attempt_account_at ON public.attempt USING btree (account, at);


--
-- Name: ix_attempt_mail_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_attempt_mail_id ON public.attempt USING btree (mail_id);


--
-- Name: ix_audit_entry_action; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_entry_action ON public.audit_entry USING btree (event_id, action, at, id);


--
-- Name: ix_audit_entry_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_entry_age ON public.audit_entry USING btree (at);


--
-- Name: ix_audit_entry_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_entry_at ON public.audit_entry USING btree (event_id, at, id);


--
-- Name: ix_audit_entry_by; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_entry_by ON public.audit_entry USING btree (event_id, by_key_id, by_role, at, id);


--
-- Name: ix_audit_entry_by_action; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_entry_by_action ON public.audit_entry USING btree (event_id, by_key_id, by_role, action, at, id);


--
-- Name: ix_audit_entry_network; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_entry_network ON public.audit_entry USING btree (event_id, network, at, id);


--
-- Name: ix_audit_entry_noticed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_entry_noticed ON public.audit_entry USING btree (event_id, at, id) WHERE (action = ANY (ARRAY['account_changed'::text, 'account_forgotten'::text, 'key_created'::text, 'key_revoked'::text, 'token_renewed'::text, 'invitation_taken'::text, 'identity_bound'::text, 'retention_changed'::text, 'owner_token_changed'::text, 'sealing_keys_rotated'::text]));


--
-- Name: ix_audit_entry_volunteer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_audit_entry_volunteer ON public.audit_entry USING btree (event_id, volunteer_id, at, id) WHERE (volunteer_id IS NOT NULL);


--
-- Name: ix_bounce_report_mail_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_bounce_report_mail_id ON public.bounce_report USING btree (mail_id);


--
-- Name: ix_bounce_report_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_bounce_report_open ON public.bounce_report USING btree (mail_id) WHERE is_open;


--
-- Name: ix_certificate_design_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_design_id ON public.certificate USING btree (design_id);


--
-- Name: ix_certificate_event_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_event_id ON public.certificate USING btree (event_id);


--
-- Name: ix_certificate_not_set; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_not_set ON public.certificate USING btree (id) WHERE (typesetting IS NULL);


--
-- Name: ix_certificate_secrets; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_secrets ON public.certificate USING btree (id) WHERE (secrets IS NOT NULL);


--
-- Name: ix_certificate_standing; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_standing ON public.certificate USING btree (event_id, design_id, volunteer_id, replaced_at, withdrawn_at) WHERE ((replaced_at IS NULL) AND (withdrawn_at IS NULL));


--
-- Name: ix_certificate_to_sign; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_to_sign ON public.certificate USING btree (id) WHERE (credential_due IS TRUE);


--
-- Name: ix_certificate_wall; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_wall ON public.certificate USING btree (event_id, id, on_wall_at, replaced_at, withdrawn_at) WHERE ((on_wall_at IS NOT NULL) AND (replaced_at IS NULL) AND (withdrawn_at IS NULL));


--
-- Name: ix_certificate_withdrawn; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_withdrawn ON public.certificate USING btree (event_id, volunteer_id, replaced_at, withdrawn_at, withdrawal_reason) WHERE (withdrawn_at IS NOT NULL);


--
-- Name: ix_colleague_invitation_event_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_colleague_invitation_event_id ON public.colleague_invitation USING btree (event_id);


--
-- Name: ix_colleague_invitation_mail_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_colleague_invitation_mail_id ON public.colleague_invitation USING btree (mail_id);


--
-- Name: ix_console_draft_expires_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_console_draft_expires_at ON public.console_draft USING btree (expires_at);


--
-- Name: ix_console_session_expires_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_console_session_expires_at ON public.console_session USING btree (expires_at);


--
-- Name: ix_console_session_identity; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_console_session_identity ON public.console_session USING btree (issuer, subject);


--
-- Name: ix_console_session_secret_hash; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_console_session_secret_hash ON public.console_session USING btree (secret_hash);


--
-- Name: ix_credential_achievement_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_credential_achievement_id ON public.credential USING btree (achievement_id);


--
-- Name: ix_credential_issuer_key_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_credential_issuer_key_id ON public.credential USING btree (issuer_key_id);


--
-- Name: ix_credential_status_list_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_credential_status_list_id ON public.credential USING btree (status_list_id);


--
-- Name: ix_crowded_name_event; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_crowded_name_event ON public.crowded_name USING btree (event_id, crowding);


--
-- Name: ix_event_account_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_event_account_id ON public.event USING btree (account_id);


--
-- Name: ix_event_group_design_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_event_group_design_id ON public.event_group USING btree (design_id);


--
-- Name: ix_event_issue_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_event_issue_at ON public.event USING btree (issue_at);


--
-- Name: ix_event_issuer_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_event_issuer_id ON public.event USING btree (issuer_id);


--
-- Name: ix_event_page_id; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ix_event_page_id ON public.event USING btree (page_id);


--
-- Name: ix_list_change_import_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_list_change_import_id ON public.list_change USING btree (import_id);


--
-- Name: ix_list_change_volunteer_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_list_change_volunteer_id ON public.list_change USING btree (volunteer_id);


--
-- Name: ix_list_column_backlog; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_list_column_backlog ON public.list_column USING btree (id) WHERE (backlog > 0);


--
-- Name: ix_list_import_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_list_import_age ON public.list_import USING btree (at);


--
-- Name: ix_list_import_event_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_list_import_event_id ON public.list_import USING btree (event_id);


--
-- Name: ix_mail_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_certificate ON public.mail USING btree (certificate_id) WHERE (certificate_id IS NOT NULL);


--
-- Name: ix_mail_event_kind_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_event_kind_state ON public.mail USING btree (event_id, kind, state);


--
-- Name: ix_mail_message_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_message_id ON public.mail USING btree (message_id);


--
-- Name: ix_mail_next; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_next ON public.mail USING btree (event_id, urgent, due_at, id, kind, state, verdict) WHERE ((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying])::text[]));


--
-- Name: ix_mail_not_arrived; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_not_arrived ON public.mail USING btree (event_id, id) WHERE ((state)::text = ANY ((ARRAY['failed'::character varying, 'unsure'::character varying])::text[]));


--
-- Name: ix_mail_requested; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_requested ON public.mail USING btree (event_id, created_at) WHERE ((kind)::text = 'link_request'::text);


--
-- Name: ix_mail_returned; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_returned ON public.mail USING btree (event_id, kind, state, returned_at) WHERE ((returned_at IS NOT NULL) AND ((state)::text = 'failed'::text));


--
-- Name: ix_mail_sent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_sent ON public.mail USING btree (event_id, kind, sent_at) WHERE (sent_at IS NOT NULL);


--
-- Name: ix_mail_test; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_test ON public.mail USING btree (event_id, due_at, id) WHERE ((volunteer_id IS NULL) AND ((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying])::text[])));


--
-- Name: ix_mail_tried_again; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_tried_again ON public.mail USING btree (event_id, waits_since) WHERE ((waits_since IS NOT NULL) AND ((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying])::text[])));


--
-- Name: ix_mail_unseen; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_unseen ON public.mail USING btree (event_id, id, state, tries, unseen_since) WHERE ((unseen_since IS NOT NULL) AND ((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying])::text[])));


--
-- Name: ix_rehearsal_mail_clear; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_rehearsal_mail_clear ON public.rehearsal_mail USING btree (id) WHERE (NOT is_sealed);


--
-- Name: ix_rehearsal_mail_event_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_rehearsal_mail_event_id ON public.rehearsal_mail USING btree (event_id);


--
-- Name: ix_rehearsal_mail_recipient; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_rehearsal_mail_recipient ON public.rehearsal_mail USING btree (event_id, recipient);


--
-- Name: ix_sending_account_proven; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ix_sending_account_proven ON public.sending_account USING btree (proof) WHERE signed_in;


--
-- Name: ix_status_list_event_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_status_list_event_id ON public.status_list USING btree (event_id);


--
-- Name: ix_unread_value_volunteer_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_unread_value_volunteer_id ON public.unread_value USING btree (volunteer_id);


--
-- Name: ix_volunteer_asked; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_asked ON public.volunteer USING btree (event_id, asked_at) WHERE (asked_at IS NOT NULL);


--
-- Name: ix_volunteer_counts; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_counts ON public.volunteer USING btree (event_id, status);


--
-- Name: ix_volunteer_forgotten; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_forgotten ON public.volunteer USING btree (event_id, email_key) WHERE (address_forgotten_at IS NOT NULL);


--
-- Name: ix_volunteer_group; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_group ON public.volunteer USING btree (event_id, group_id, id, status) WHERE (group_id IS NOT NULL);


--
-- Name: ix_volunteer_group_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_group_status ON public.volunteer USING btree (event_id, group_id, status) WHERE (group_id IS NOT NULL);


--
-- Name: ix_volunteer_held; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_held ON public.volunteer USING btree (event_id, status, problem) WHERE ((status < 2) AND ((problem)::text = ANY ((ARRAY['name_does_not_fit'::character varying, 'no_glyph'::character varying])::text[])));


--
-- Name: ix_volunteer_kept; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_kept ON public.volunteer USING btree (event_id, created_at, id) WHERE ((erased_at IS NULL) AND (address_forgotten_at IS NULL));


--
-- Name: ix_volunteer_list; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_list ON public.volunteer USING btree (event_id, id, status);


--
-- Name: ix_volunteer_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_name ON public.volunteer USING btree (event_id, lower(COALESCE(NULLIF(given_name, ''::text), listed_name)), id);


--
-- Name: ix_volunteer_name_length; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_name_length ON public.volunteer USING btree (event_id, length(COALESCE(NULLIF(given_name, ''::text), listed_name)));


--
-- Name: ix_volunteer_no_mail; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_no_mail ON public.volunteer USING btree (event_id, id, suppressed_at, reminders_ended_at) WHERE ((suppressed_at IS NOT NULL) OR (reminders_ended_at IS NOT NULL));


--
-- Name: ix_volunteer_not_invited; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_not_invited ON public.volunteer USING btree (event_id, status, asked_at, erased_at, address_forgotten_at, suppressed_at, reminders_ended_at) WHERE ((status = 0) AND (asked_at IS NULL) AND (erased_at IS NULL) AND (address_forgotten_at IS NULL) AND (suppressed_at IS NULL) AND (reminders_ended_at IS NULL));


--
-- Name: ix_volunteer_problem; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_problem ON public.volunteer USING btree (event_id, id, problem) WHERE (problem IS NOT NULL);


--
-- Name: ix_volunteer_reminders_ended; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_reminders_ended ON public.volunteer USING btree (event_id, id, reminders_ended_at) WHERE (reminders_ended_at IS NOT NULL);


--
-- Name: ix_volunteer_search; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_search ON public.volunteer_search USING gin (grams) WITH (fastupdate='on', gin_pending_list_limit='1024');


--
-- Name: ix_volunteer_secrets; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_secrets ON public.volunteer USING btree (id) WHERE (secrets IS NOT NULL);


--
-- Name: ix_volunteer_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_status ON public.volunteer USING btree (event_id, status, id);


--
-- Name: ix_volunteer_submitted; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_submitted ON public.volunteer USING btree (event_id, submitted_at) WHERE (submitted_at IS NOT NULL);


--
-- Name: ix_volunteer_suppressed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_suppressed ON public.volunteer USING btree (event_id, suppressed, suppressed_at) WHERE (suppressed_at IS NOT NULL);


--
-- Name: ix_volunteer_to_ask; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_to_ask ON public.volunteer USING btree (event_id, status, asked_at, erased_at, address_forgotten_at, suppressed_at, reminders_ended_at, listed_name) WHERE ((status = 0) AND (asked_at IS NULL) AND (erased_at IS NULL) AND (address_forgotten_at IS NULL) AND (suppressed_at IS NULL) AND (reminders_ended_at IS NULL) AND (listed_name = ''::text));


--
-- Name: ix_volunteer_to_issue; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_to_issue ON public.volunteer USING btree (event_id, status, problem, reopened_at, erased_at, address_forgotten_at, listed_name) WHERE ((status < 2) AND (listed_name <> ''::text) AND (problem IS NULL) AND (reopened_at IS NULL) AND (erased_at IS NULL) AND (address_forgotten_at IS NULL));


--
-- Name: volunteer volunteer_search_added; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER volunteer_search_added AFTER INSERT ON public.volunteer FOR EACH ROW EXECUTE FUNCTION public.follow_volunteer_search();


--
-- Name: volunteer volunteer_search_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER volunteer_search_changed AFTER UPDATE OF event_id, email_key, listed_name, given_name, number ON public.volunteer FOR EACH ROW EXECUTE FUNCTION public.follow_volunteer_search();


--
-- Name: access_key fk_access_key_created_by; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_key
    ADD CONSTRAINT fk_access_key_created_by FOREIGN KEY (created_by) REFERENCES public.access_key(id);


--
-- Name: access_key fk_access_key_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_key
    ADD CONSTRAINT fk_access_key_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: achievement fk_achievement_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.achievement
    ADD CONSTRAINT fk_achievement_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: attempt fk_attempt_mail_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT fk_attempt_mail_id FOREIGN KEY (mail_id) REFERENCES public.mail(id);


--
-- Name: bounce_mailbox fk_bounce_mailbox_account_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bounce_mailbox
    ADD CONSTRAINT fk_bounce_mailbox_account_id FOREIGN KEY (account_id) REFERENCES public.sending_account(id) ON DELETE CASCADE;


--
-- Name: bounce_report fk_bounce_report_mail_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bounce_report
    ADD CONSTRAINT fk_bounce_report_mail_id FOREIGN KEY (mail_id) REFERENCES public.mail(id) ON DELETE CASCADE;


--
-- Name: certificate fk_certificate_design_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT fk_certificate_design_id FOREIGN KEY (design_id) REFERENCES public.design(id);


--
-- Name: certificate fk_certificate_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT fk_certificate_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: certificate fk_certificate_volunteer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT fk_certificate_volunteer_id FOREIGN KEY (volunteer_id) REFERENCES public.volunteer(id);


--
-- Name: colleague_invitation fk_colleague_invitation_created_by; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.colleague_invitation
    ADD CONSTRAINT fk_colleague_invitation_created_by FOREIGN KEY (created_by) REFERENCES public.access_key(id);


--
-- Name: colleague_invitation fk_colleague_invitation_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.colleague_invitation
    ADD CONSTRAINT fk_colleague_invitation_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: colleague_invitation fk_colleague_invitation_mail_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.colleague_invitation
    ADD CONSTRAINT fk_colleague_invitation_mail_id FOREIGN KEY (mail_id) REFERENCES public.mail(id);


--
-- Name: colleague_invitation fk_colleague_invitation_taken_by; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.colleague_invitation
    ADD CONSTRAINT fk_colleague_invitation_taken_by FOREIGN KEY (taken_by) REFERENCES public.access_key(id);


--
-- Name: credential fk_credential_achievement_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT fk_credential_achievement_id FOREIGN KEY (achievement_id) REFERENCES public.achievement(id);


--
-- Name: credential fk_credential_certificate_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT fk_credential_certificate_id FOREIGN KEY (certificate_id) REFERENCES public.certificate(id);


--
-- Name: credential fk_credential_issuer_key_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT fk_credential_issuer_key_id FOREIGN KEY (issuer_key_id) REFERENCES public.issuer_key(id);


--
-- Name: credential fk_credential_status_list_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT fk_credential_status_list_id FOREIGN KEY (status_list_id) REFERENCES public.status_list(id);


--
-- Name: crowded_name fk_crowded_name_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.crowded_name
    ADD CONSTRAINT fk_crowded_name_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: design fk_design_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design
    ADD CONSTRAINT fk_design_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: design fk_design_template_sha256; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design
    ADD CONSTRAINT fk_design_template_sha256 FOREIGN KEY (template_sha256) REFERENCES public.picture(sha256);


--
-- Name: design fk_design_vector_sha256; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design
    ADD CONSTRAINT fk_design_vector_sha256 FOREIGN KEY (vector_sha256) REFERENCES public.vector_page(sha256);


--
-- Name: erased_address fk_erased_address_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.erased_address
    ADD CONSTRAINT fk_erased_address_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: event fk_event_account_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_account_id FOREIGN KEY (account_id) REFERENCES public.sending_account(id);


--
-- Name: event fk_event_design_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_design_id FOREIGN KEY (design_id) REFERENCES public.design(id);


--
-- Name: event_font fk_event_font_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_font
    ADD CONSTRAINT fk_event_font_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: event_font fk_event_font_sha256; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_font
    ADD CONSTRAINT fk_event_font_sha256 FOREIGN KEY (sha256) REFERENCES public.font_file(sha256);


--
-- Name: event_group fk_event_group_design_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_group
    ADD CONSTRAINT fk_event_group_design_id FOREIGN KEY (design_id) REFERENCES public.design(id);


--
-- Name: event_group fk_event_group_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event_group
    ADD CONSTRAINT fk_event_group_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: event fk_event_issuer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT fk_event_issuer_id FOREIGN KEY (issuer_id) REFERENCES public.issuer(id);


--
-- Name: fit_progress fk_fit_progress_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fit_progress
    ADD CONSTRAINT fk_fit_progress_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: issuer_key fk_issuer_key_issuer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer_key
    ADD CONSTRAINT fk_issuer_key_issuer_id FOREIGN KEY (issuer_id) REFERENCES public.issuer(id);


--
-- Name: issuer_logo fk_issuer_logo_issuer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issuer_logo
    ADD CONSTRAINT fk_issuer_logo_issuer_id FOREIGN KEY (issuer_id) REFERENCES public.issuer(id);


--
-- Name: list_column fk_list_column_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_column
    ADD CONSTRAINT fk_list_column_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: mail_access_token fk_mail_access_token_sign_in_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_access_token
    ADD CONSTRAINT fk_mail_access_token_sign_in_id FOREIGN KEY (sign_in_id) REFERENCES public.mail_sign_in(id) ON DELETE CASCADE;


--
-- Name: mail fk_mail_certificate_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT fk_mail_certificate_id FOREIGN KEY (certificate_id) REFERENCES public.certificate(id);


--
-- Name: mail fk_mail_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT fk_mail_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: mail_sign_in fk_mail_sign_in_account_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_sign_in
    ADD CONSTRAINT fk_mail_sign_in_account_id FOREIGN KEY (account_id) REFERENCES public.sending_account(id) ON DELETE CASCADE;


--
-- Name: mail fk_mail_volunteer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT fk_mail_volunteer_id FOREIGN KEY (volunteer_id) REFERENCES public.volunteer(id);


--
-- Name: owner fk_owner_default_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.owner
    ADD CONSTRAINT fk_owner_default_event_id FOREIGN KEY (default_event_id) REFERENCES public.event(id);


--
-- Name: rehearsal_mail fk_rehearsal_mail_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rehearsal_mail
    ADD CONSTRAINT fk_rehearsal_mail_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: status_list fk_status_list_issuer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.status_list
    ADD CONSTRAINT fk_status_list_issuer_id FOREIGN KEY (issuer_id) REFERENCES public.issuer(id);


--
-- Name: suppressed_address fk_suppressed_address_account_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.suppressed_address
    ADD CONSTRAINT fk_suppressed_address_account_id FOREIGN KEY (account_id) REFERENCES public.sending_account(id) ON DELETE CASCADE;


--
-- Name: unread_value fk_unread_value_column_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.unread_value
    ADD CONSTRAINT fk_unread_value_column_id FOREIGN KEY (column_id) REFERENCES public.list_column(id) ON DELETE CASCADE;


--
-- Name: unread_value fk_unread_value_volunteer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.unread_value
    ADD CONSTRAINT fk_unread_value_volunteer_id FOREIGN KEY (volunteer_id) REFERENCES public.volunteer(id) ON DELETE CASCADE;


--
-- Name: volunteer fk_volunteer_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT fk_volunteer_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: list_change list_change_import_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_change
    ADD CONSTRAINT list_change_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.list_import(id) ON DELETE CASCADE;


--
-- Name: list_change list_change_volunteer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_change
    ADD CONSTRAINT list_change_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES public.volunteer(id) ON DELETE CASCADE;


--
-- Name: list_import list_import_event_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.list_import
    ADD CONSTRAINT list_import_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- Name: volunteer_search volunteer_search_volunteer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer_search
    ADD CONSTRAINT volunteer_search_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES public.volunteer(id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--


