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

SET default_tablespace = '';

SET default_table_access_method = heap;

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
    replaced_at timestamp with time zone
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
-- Name: design; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.design (
    id integer NOT NULL,
    event_id integer NOT NULL,
    version integer NOT NULL,
    template_sha256 character varying(64) NOT NULL,
    layout json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    jpeg_quality integer DEFAULT 92 NOT NULL
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
    mailed_picture_limit integer DEFAULT 1000000 NOT NULL
);


--
-- Name: event_font; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event_font (
    event_id integer NOT NULL,
    sha256 character varying(64) NOT NULL
);


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
-- Name: font_file; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.font_file (
    sha256 character varying(64) NOT NULL,
    content bytea NOT NULL,
    family text NOT NULL,
    created_at timestamp with time zone NOT NULL
);


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
    sent_at timestamp with time zone
);


--
-- Name: mail_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mail_account (
    event_id integer NOT NULL,
    username text NOT NULL,
    from_address text NOT NULL,
    sealed_password text,
    host text NOT NULL,
    port integer NOT NULL,
    security character varying(32) NOT NULL,
    skip_auth boolean NOT NULL,
    min_second double precision NOT NULL,
    max_second double precision NOT NULL,
    per_minute integer,
    per_hour integer,
    per_day integer,
    next_at timestamp with time zone,
    paused_until timestamp with time zone,
    needs_fixing boolean NOT NULL,
    pauses_in_a_row integer NOT NULL,
    trouble_code integer,
    trouble_text text NOT NULL,
    bad_counted_from timestamp with time zone,
    connections integer
);


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
-- Name: owner; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.owner (
    id integer NOT NULL,
    admin_token_hash text NOT NULL,
    default_event_id integer NOT NULL
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
    content bytea NOT NULL
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
-- Name: volunteer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.volunteer (
    id integer NOT NULL,
    event_id integer NOT NULL,
    token text,
    name text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    number text NOT NULL,
    status smallint NOT NULL,
    columns json NOT NULL,
    problem character varying(32),
    problem_text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone
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
-- Name: attempt id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attempt ALTER COLUMN id SET DEFAULT nextval('public.attempt_id_seq'::regclass);


--
-- Name: certificate id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate ALTER COLUMN id SET DEFAULT nextval('public.certificate_id_seq'::regclass);


--
-- Name: design id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design ALTER COLUMN id SET DEFAULT nextval('public.design_id_seq'::regclass);


--
-- Name: event id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event ALTER COLUMN id SET DEFAULT nextval('public.event_id_seq'::regclass);


--
-- Name: mail id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail ALTER COLUMN id SET DEFAULT nextval('public.mail_id_seq'::regclass);


--
-- Name: owner id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.owner ALTER COLUMN id SET DEFAULT nextval('public.owner_id_seq'::regclass);


--
-- Name: rehearsal_mail id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rehearsal_mail ALTER COLUMN id SET DEFAULT nextval('public.rehearsal_mail_id_seq'::regclass);


--
-- Name: volunteer id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer ALTER COLUMN id SET DEFAULT nextval('public.volunteer_id_seq'::regclass);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0005');


--
-- Data for Name: attempt; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.attempt VALUES (2, 2, '', 1, '2026-11-25 18:20:43.889999+00', '2026-11-25 18:20:43.938604+00', NULL, 'content', 250, 'kept in the rehearsal mailbox', 'sent', 'bo@example.org');
INSERT INTO public.attempt VALUES (1, 1, '', 1, '2026-11-25 18:20:43.899058+00', '2026-11-25 18:20:43.953187+00', NULL, 'content', 250, 'kept in the rehearsal mailbox', 'sent', 'an@example.org');
INSERT INTO public.attempt VALUES (3, 3, '', 1, '2026-11-25 18:20:43.899058+00', '2026-11-25 18:20:43.963996+00', NULL, 'content', 250, 'kept in the rehearsal mailbox', 'sent', 'ci@example.org');
INSERT INTO public.attempt VALUES (18, 18, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:51.021629+00', '2026-11-25 18:20:51.056381+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'eva@example.org');
INSERT INTO public.attempt VALUES (4, 4, '', 1, '2026-11-25 18:20:44.992483+00', '2026-11-25 18:20:45.010087+00', 13.051371999949879, 'content', 250, 'kept in the rehearsal mailbox', 'sent', 'bo@example.org');
INSERT INTO public.attempt VALUES (6, 6, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:45.273708+00', '2026-11-25 18:20:45.286469+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'bo@example.org');
INSERT INTO public.attempt VALUES (8, 8, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:45.26234+00', '2026-11-25 18:20:45.286469+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'dee@example.org');
INSERT INTO public.attempt VALUES (9, 9, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:45.167255+00', '2026-11-25 18:20:45.286469+00', NULL, 'rcpt', 550, '5.1.1 User unknown', 'bad', 'refused@example.org');
INSERT INTO public.attempt VALUES (5, 5, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:45.273708+00', '2026-11-25 18:20:45.313635+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'ana@example.org');
INSERT INTO public.attempt VALUES (7, 7, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:45.273708+00', '2026-11-25 18:20:45.313635+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'cy@example.org');
INSERT INTO public.attempt VALUES (10, 10, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:45.167255+00', '2026-11-25 18:20:45.313635+00', NULL, 'rcpt', 451, '4.7.1 Greylisted, try again later', 'retry', 'grey@example.org');
INSERT INTO public.attempt VALUES (12, 12, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:45.345331+00', '2026-11-25 18:20:45.352108+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'quiet@example.org');
INSERT INTO public.attempt VALUES (11, 11, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:45.322998+00', '2026-11-25 18:20:45.352108+00', NULL, 'content', NULL, 'Connection unexpectedly closed', 'unsure', 'lost@example.org');
INSERT INTO public.attempt VALUES (13, 13, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:46.356207+00', '2026-11-25 18:20:46.406289+00', 8.710970999914025, 'content', 250, '2.0.0 ok', 'sent', 'ana@example.org');
INSERT INTO public.attempt VALUES (14, 14, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:47.424395+00', '2026-11-25 18:20:47.472885+00', 11.980773000004774, 'content', 250, '2.0.0 ok', 'sent', 'bo@example.org');
INSERT INTO public.attempt VALUES (20, 20, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:51.979533+00', '2026-11-25 18:20:52.125142+00', 24.45824400001584, 'rcpt', 451, '4.7.1 Greylisted, try again later', 'retry', 'grey@example.org');
INSERT INTO public.attempt VALUES (15, 15, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:48.445097+00', '2026-11-25 18:20:48.500041+00', 20.359689999963848, 'content', 250, '2.0.0 ok', 'sent', 'cy@example.org');
INSERT INTO public.attempt VALUES (21, 30, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:53.186979+00', NULL, NULL, '', NULL, '', '', 'me@example.org');
INSERT INTO public.attempt VALUES (16, 16, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:49.448515+00', '2026-11-25 18:20:49.495876+00', 5.401612000014211, 'content', 250, '2.0.0 ok', 'sent', 'cy@example.org');
INSERT INTO public.attempt VALUES (17, 17, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:50.584445+00', '2026-11-25 18:20:50.640062+00', 19.5442809999804, 'content', 250, '2.0.0 ok', 'sent', 'dee@example.org');
INSERT INTO public.attempt VALUES (19, 19, 'thanks@example.org@127.0.0.1:37953', 1, '2026-11-25 18:20:51.006067+00', '2026-11-25 18:20:51.038178+00', NULL, 'content', 250, '2.0.0 ok', 'sent', 'fin@example.org');


--
-- Data for Name: certificate; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.certificate VALUES (1, 'j77OZodhGoCGcop6iG-2KA', 2, 2, 1, 1, '欧阳娜娜', '2026-000002', '2026-11-26', '{"\u5c97\u4f4d": ""}', 'zh', '2026-11-25 18:20:44.037466+00', NULL);
INSERT INTO public.certificate VALUES (2, 'clei-LGdlU_c50zHmRzihQ', 3, 4, 2, 1, 'Ana María Núñez', 'HR-7', '2026-11-26', '{"task": "water"}', 'en', '2026-11-25 18:20:45.418559+00', NULL);
INSERT INTO public.certificate VALUES (3, '4gxj3GZ_XkhnwYitVvlznA', 3, 5, 2, 1, 'Maximiliane Alexandra von und zu Hohenstein-W.', '2026-000001', '2026-11-26', '{"task": "finish"}', 'en', '2026-11-25 18:20:46.445692+00', NULL);
INSERT INTO public.certificate VALUES (4, '05zUYdYXgbSIlYCZsMYnvA', 3, 6, 2, 1, 'Cy Young', '2026-000002', '2026-11-26', '{}', 'en', '2026-11-25 18:20:47.509474+00', '2026-11-25 18:20:48.557496+00');
INSERT INTO public.certificate VALUES (5, '1mKsICCZKVeLtjQscUpuMw', 3, 6, 2, 2, '王小明 of the Harbour', '2026-000002', '2026-11-26', '{}', 'en', '2026-11-25 18:20:48.575338+00', NULL);
INSERT INTO public.certificate VALUES (6, 'DLdPGy2uTrrGJ-ibdO8r6Q', 3, 7, 3, 1, 'Dee ณัฐวุฒิ', '2026-000003', '2026-11-26', '{}', 'en', '2026-11-25 18:20:49.626004+00', NULL);
INSERT INTO public.certificate VALUES (7, 'atTOLR2nVwkZES6XRTbiPw', 3, 9, 3, 1, 'Grey Ghost', '2026-000005', '2026-11-26', '{}', 'en', '2026-11-25 18:20:51.212987+00', NULL);
INSERT INTO public.certificate VALUES (8, 'Cu9uVDs_jxrl5bNJ_jUXYg', 3, 11, 3, 1, 'Quiet Quinn', '2026-000007', '2026-11-26', '{}', 'en', '2026-11-25 18:20:52.35502+00', NULL);


--
-- Data for Name: design; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.design VALUES (1, 2, 1, '3981f858aaf7d2afbde9138fec68c93db75b095b3d3699fd66dbf52435bd36e4', '{"version": 1, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-11-25 18:20:43.655919+00', 92);
INSERT INTO public.design VALUES (2, 3, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 1, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-11-25 18:20:45.079357+00', 92);
INSERT INTO public.design VALUES (3, 3, 2, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 1, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.2, "top": 0.35, "width": 0.6, "height": 0.25}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "e2e2dd79e79430d369b74cbf2a86bc110305217fdbd524b482ef86771700591f", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.2, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "qr", "kind": "qr", "box": {"left": 0.02, "top": 0.7, "width": 0.12, "height": 0.17}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "task", "kind": "column", "box": {"left": 0.2, "top": 0.65, "width": 0.6, "height": 0.08}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "task", "shown": true}, {"id": "thanks", "kind": "text", "box": {"left": 0.1, "top": 0.1, "width": 0.8, "height": 0.15}, "size": 0.07, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.1, "rotation": 0, "content": "With thanks \u00b7 \u611f\u8c22\u60a8", "shown": true}]}', '2026-11-25 18:20:49.57031+00', 92);
INSERT INTO public.design VALUES (4, 4, 1, 'bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '{"version": 1, "fields": [{"id": "name", "kind": "name", "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16}, "size": 0.09, "minimum_size": 0.03, "color": "#222222", "face": "kai", "weight": 400, "align": "center", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "number", "kind": "number", "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "left", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}, {"id": "date", "kind": "date", "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045}, "size": 0.024, "minimum_size": 0.012, "color": "#222222", "face": "song", "weight": 400, "align": "right", "vertical": "middle", "line_spacing": 1.2, "letter_spacing": 0.0, "rotation": 0, "content": "", "shown": true}]}', '2026-11-25 18:20:50.764662+00', 92);


--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event VALUES (1, 'Volunteers', 'zh', 'Asia/Shanghai', '', '', '', 'b7921ae0e915180da08904d084a153854c403054f2c693dbbf353ce9dd5cd4df', NULL, '2026-######', 1, NULL, '{}', 'running', false, true, '{"name": [300.0, 120.0]}', '{"password": "gAAAAABrByb7t3u_kRpyh-GSnpxp46edQYwUw6WugwNyNJhgmWSquuSLXOm1K6l-p9S-S6xSw96BDf9ul9jCvXCyIM5HEOVjFHjkPe8hzO8y40isNtLasdw="}', '2026-11-25 18:20:43.51635+00', 1000000);
INSERT INTO public.event VALUES (2, 'Rehearsal in May', 'zh', 'Asia/Shanghai', '', '', '', '7ff3b4537803ddde7f9b6df5a70ccfa71f2a86ae0e32372a838f1ed46e00d8f8', NULL, '2026-######', 4, 1, '{}', 'running', false, true, '{}', '{}', '2026-11-25 18:20:43.592859+00', 1000000);
INSERT INTO public.event VALUES (4, 'Harbour Run 2027', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', '2d50722303e1a3d7e6fe74a888dffecee12bf736a2bdd768cc5cab8c280cabb2', NULL, '2026-######', 3, 4, '{}', 'running', false, true, '{}', '{}', '2026-11-25 18:20:50.686373+00', 1000000);
INSERT INTO public.event VALUES (5, 'Somebody else', 'en', 'Asia/Shanghai', '', '', '', '48a7a9560aee30ff14cf705cfe3cb1bd1429b7a3c2510ace16310cb78a792b3a', NULL, '2026-######', 1, NULL, '{}', 'running', false, true, '{}', '{}', '2026-11-25 18:20:51.112352+00', 1000000);
INSERT INTO public.event VALUES (3, 'Harbour Run 2026', 'en', 'Asia/Shanghai', 'Harbour Friends', 'https://example.org', '', '0614858bf4f933ccd30426ba800b7d2c6f60bd8997444fe58d5b13987f1be72b', NULL, '2026-######', 17, 3, '{}', 'running', true, true, '{}', '{}', '2026-11-25 18:20:45.03872+00', 1000000);


--
-- Data for Name: event_font; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.event_font VALUES (3, 'e2e2dd79e79430d369b74cbf2a86bc110305217fdbd524b482ef86771700591f');


--
-- Data for Name: font_file; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.font_file VALUES ('e2e2dd79e79430d369b74cbf2a86bc110305217fdbd524b482ef86771700591f', '\x00010000000a0080000300204f532f32413442160000012800000060636d617000ac00b0000001f40000003c676c796614dd4dff0000029c0000056268656164616e42d4000000ac0000003668686561057a01c4000000e400000024686d7478076c0546000001880000006c6c6f636123a62505000002300000006c6d6178700037000600000108000000206e616d65e1c910ba0000080000000075706f7374017e035e00000878000001c400010000000100000d2c5f965f0f3cf5000303e80000000000000000000000000000000000320000022601f4000000030002000000000000000100000320ff38000002580032003202260001000000000000000000000000000000010001000000350004000100000000000200000000000000000000000000000000000302580190000500000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000003f3f3f3f00000041007a0000000000000000000000000000000000000000000000000020000002580032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200320032003200000002000000030000001400030001000000140004002800000006000400010002005a007affff000000410061ffffffc0ffba00010000000000000000000d001a002700340041004e005b006800750082008f009c00a900b600c300d000dd00ea00f701040111011e012b013801450152015f016c01790186019301a001ad01ba01c701d401e101ee01fb020802150222022f023c0249025602630270027d028a029702a402b1000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000100320000022601f400030000331121113201f401f4fe0c00000000000006004e0001000000000001000600000001000000000002000700060001000000000006000600000003000104090001000c000d0003000104090002000e00190003000104090006000c000d426c6f636b73526567756c61720042006c006f0063006b00730052006500670075006c0061007200000000020000000000000000000000000000000000000000000000000000000000000035000001020103010401050106010701080109010a010b010c010d010e010f0110011101120113011401150116011701180119011a011b011c011d011e011f0120012101220123012401250126012701280129012a012b012c012d012e012f013001310132013301340135057530303431057530303432057530303433057530303434057530303435057530303436057530303437057530303438057530303439057530303441057530303442057530303443057530303444057530303445057530303446057530303530057530303531057530303532057530303533057530303534057530303535057530303536057530303537057530303538057530303539057530303541057530303631057530303632057530303633057530303634057530303635057530303636057530303637057530303638057530303639057530303641057530303642057530303643057530303644057530303645057530303646057530303730057530303731057530303732057530303733057530303734057530303735057530303736057530303737057530303738057530303739057530303741', 'Blocks', '2026-11-25 18:20:49.519225+00');


--
-- Data for Name: mail; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mail VALUES (2, 2, 2, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:13.889999+00', 1, 'bo@example.org', '<2-e64adb13d1772784@example.org>', 'sent', 250, 'kept in the rehearsal mailbox', false, '', '2026-11-25 18:20:43.715254+00', '2026-11-25 18:20:43.938604+00');
INSERT INTO public.mail VALUES (1, 2, 1, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:13.899058+00', 1, 'an@example.org', '<1-669629f1d42f593e@example.org>', 'sent', 250, 'kept in the rehearsal mailbox', false, '', '2026-11-25 18:20:43.715254+00', '2026-11-25 18:20:43.953187+00');
INSERT INTO public.mail VALUES (3, 2, 3, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:13.899058+00', 1, 'ci@example.org', '<3-ced4d56dba227799@example.org>', 'sent', 250, 'kept in the rehearsal mailbox', false, '', '2026-11-25 18:20:43.715254+00', '2026-11-25 18:20:43.963996+00');
INSERT INTO public.mail VALUES (4, 2, 2, 1, 'certificate', 1, 'sent', true, '2026-11-25 18:23:14.992483+00', 1, 'bo@example.org', '<4-6a2b170476e36fe9@example.org>', 'sent', 250, 'kept in the rehearsal mailbox', false, '', '2026-11-25 18:20:44.039305+00', '2026-11-25 18:20:45.010087+00');
INSERT INTO public.mail VALUES (6, 3, 5, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:15.273708+00', 1, 'bo@example.org', '<6-0f61a0907d74fd85@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:45.123401+00', '2026-11-25 18:20:45.286469+00');
INSERT INTO public.mail VALUES (8, 3, 7, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:15.26234+00', 1, 'dee@example.org', '<8-5ba4c0fcb910c9cd@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:45.123401+00', '2026-11-25 18:20:45.286469+00');
INSERT INTO public.mail VALUES (9, 3, 8, NULL, 'invitation', 1, 'failed', false, '2026-11-25 18:23:15.167255+00', 1, 'refused@example.org', '<9-7f224e7f1a83e241@example.org>', 'bad', 550, '5.1.1 User unknown', false, '', '2026-11-25 18:20:45.123401+00', NULL);
INSERT INTO public.mail VALUES (5, 3, 4, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:15.273708+00', 1, 'ana@example.org', '<5-2bafac3c8d59f335@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:45.123401+00', '2026-11-25 18:20:45.313635+00');
INSERT INTO public.mail VALUES (7, 3, 6, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:15.273708+00', 1, 'cy@example.org', '<7-b8cb375601b82884@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:45.123401+00', '2026-11-25 18:20:45.313635+00');
INSERT INTO public.mail VALUES (10, 3, 9, NULL, 'invitation', 1, 'queued', false, '2026-11-25 18:21:45.313635+00', 1, 'grey@example.org', '<10-1a8a29a98003b219@example.org>', 'retry', 451, '4.7.1 Greylisted, try again later', false, '', '2026-11-25 18:20:45.123401+00', NULL);
INSERT INTO public.mail VALUES (12, 3, 11, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:15.345331+00', 1, 'quiet@example.org', '<12-610ecd3a5322f35d@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:45.123401+00', '2026-11-25 18:20:45.352108+00');
INSERT INTO public.mail VALUES (11, 3, 10, NULL, 'invitation', 1, 'unsure', false, '2026-11-25 18:23:15.322998+00', 1, 'lost@example.org', '<11-9ec2cad0f7e48027@example.org>', 'unsure', NULL, 'Connection unexpectedly closed', true, '', '2026-11-25 18:20:45.123401+00', NULL);
INSERT INTO public.mail VALUES (13, 3, 4, 2, 'certificate', 1, 'sent', true, '2026-11-25 18:23:16.356207+00', 1, 'ana@example.org', '<13-d7292833a2e42bf4@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:45.420886+00', '2026-11-25 18:20:46.406289+00');
INSERT INTO public.mail VALUES (14, 3, 5, 3, 'certificate', 1, 'sent', true, '2026-11-25 18:23:17.424395+00', 1, 'bo@example.org', '<14-41609153483998b7@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:46.446867+00', '2026-11-25 18:20:47.472885+00');
INSERT INTO public.mail VALUES (15, 3, 6, 4, 'certificate', 1, 'sent', true, '2026-11-25 18:23:18.445097+00', 1, 'cy@example.org', '<15-bfda3205f0b0a6c4@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:47.510569+00', '2026-11-25 18:20:48.500041+00');
INSERT INTO public.mail VALUES (16, 3, 6, 5, 'certificate', 2, 'sent', true, '2026-11-25 18:23:19.448515+00', 1, 'cy@example.org', '<16-3564da74da122ae8@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:48.577216+00', '2026-11-25 18:20:49.495876+00');
INSERT INTO public.mail VALUES (17, 3, 7, 6, 'certificate', 1, 'sent', true, '2026-11-25 18:23:20.584445+00', 1, 'dee@example.org', '<17-f3347f63bb3c3378@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:49.628888+00', '2026-11-25 18:20:50.640062+00');
INSERT INTO public.mail VALUES (19, 4, 13, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:21.006067+00', 1, 'fin@example.org', '<19-c754c24faf3eeb94@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:50.847451+00', '2026-11-25 18:20:51.038178+00');
INSERT INTO public.mail VALUES (18, 4, 12, NULL, 'invitation', 1, 'sent', false, '2026-11-25 18:23:21.021629+00', 1, 'eva@example.org', '<18-80a1eb23c2c15221@example.org>', 'sent', 250, '2.0.0 ok', false, '', '2026-11-25 18:20:50.847451+00', '2026-11-25 18:20:51.056381+00');
INSERT INTO public.mail VALUES (21, 3, 14, NULL, 'invitation', 1, 'queued', false, '2026-11-25 18:20:52.180982+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.194338+00', NULL);
INSERT INTO public.mail VALUES (20, 3, 9, 7, 'certificate', 1, 'queued', true, '2026-11-25 18:21:52.125142+00', 1, 'grey@example.org', '<20-5c7144e6149aa8c7@example.org>', 'retry', 451, '4.7.1 Greylisted, try again later', false, '', '2026-11-25 18:20:51.217152+00', NULL);
INSERT INTO public.mail VALUES (26, 3, 19, NULL, 'invitation', 1, 'held', false, '2026-11-25 18:20:52.180982+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.194338+00', NULL);
INSERT INTO public.mail VALUES (27, 3, 20, NULL, 'invitation', 1, 'held', false, '2026-11-25 18:20:52.180982+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.194338+00', NULL);
INSERT INTO public.mail VALUES (22, 3, 15, NULL, 'invitation', 1, 'queued', false, '2026-11-25 18:20:52.180982+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.194338+00', NULL);
INSERT INTO public.mail VALUES (23, 3, 16, NULL, 'invitation', 1, 'queued', false, '2026-11-25 18:20:52.180982+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.194338+00', NULL);
INSERT INTO public.mail VALUES (24, 3, 17, NULL, 'invitation', 1, 'queued', false, '2026-11-25 18:20:52.180982+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.194338+00', NULL);
INSERT INTO public.mail VALUES (25, 3, 18, NULL, 'invitation', 1, 'queued', false, '2026-11-25 18:20:52.180982+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.194338+00', NULL);
INSERT INTO public.mail VALUES (28, 3, 21, NULL, 'invitation', 1, 'cancelled', false, '2026-11-25 18:20:52.180982+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.194338+00', NULL);
INSERT INTO public.mail VALUES (29, 3, 11, NULL, 'reminder', 1, 'queued', false, '2026-11-25 18:20:52.263845+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.263845+00', NULL);
INSERT INTO public.mail VALUES (31, 3, 11, 8, 'certificate', 1, 'queued', true, '2026-11-25 18:20:52.340145+00', 0, '', '', '', NULL, '', false, '', '2026-11-25 18:20:52.359331+00', NULL);
INSERT INTO public.mail VALUES (30, 3, NULL, NULL, 'test', 1, 'sending', true, '2026-11-25 18:21:53.186979+00', 1, 'me@example.org', '<30-d238628b1ddec0f4@example.org>', '', NULL, '', false, 'invitation', '2026-11-25 18:20:52.291457+00', NULL);


--
-- Data for Name: mail_account; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.mail_account VALUES (3, 'thanks@example.org', 'thanks@example.org', 'gAAAAABrByb9xXG84-o3uC6Q12e-i3LFha3G_MHihX76SS9eUWXP20lhjbt5oM7i3bp1zl2vfFLIJmo5NIDn7bDpesrp8Fhr0yApslzHoKdxw27jFSjrqZg=', '127.0.0.1', 37953, 'tls', false, 0, 0, NULL, NULL, NULL, NULL, NULL, false, 0, NULL, '', NULL, NULL);
INSERT INTO public.mail_account VALUES (4, 'thanks@example.org', 'thanks@example.org', 'gAAAAABrBycCyFW6YTF7gG7g5VbPDgP6-PmiHbVVMP4Q2efKp-0qsWveG7rROmoYvhhgYIvMOlo5UKQtYLuO2AN7NwgSKhEKSJWWiXM6nAF3xLnn11Np7I8=', '127.0.0.1', 37953, 'tls', false, 0, 0, NULL, NULL, NULL, NULL, NULL, false, 0, NULL, '', NULL, NULL);
INSERT INTO public.mail_account VALUES (5, 'thanks@example.org', 'thanks@example.org', NULL, '127.0.0.1', 37953, 'tls', true, 0, 0, NULL, NULL, NULL, NULL, NULL, false, 0, NULL, '', NULL, NULL);


--
-- Data for Name: owner; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.owner VALUES (1, 'bacb720312f78ef563ef2596ca6593c87483ceafc70e46a4bf2caea5536e4fbd', 1);


--
-- Data for Name: picture; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.picture VALUES ('3981f858aaf7d2afbde9138fec68c93db75b095b3d3699fd66dbf52435bd36e4', '\x89504e470d0a1a0a0000000d4948445200000258000001a80802000000157e0c0f0000065249444154785eedd5310100200cc030c0bfe7edc74293b3067a67e60040d5fb030094182100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a419210069460840da020119064d26e5083a0000000049454e44ae426082', 'image/png', 600, 424, NULL);
INSERT INTO public.picture VALUES ('bea4465b03dddace84a4d7445b2cc331dcded97a5e914584c3461f433ecc90c3', '\x89504e470d0a1a0a0000000d4948445200000258000001a80802000000157e0c0f0000065549444154785eedd5310d002000c030c0bf4b3cf091f06361ed39039bf7ec010055eb0f0050628400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100694608409a110290668400a4192100690f7980062625ad60250000000049454e44ae426082', 'image/png', 600, 424, NULL);


--
-- Data for Name: rehearsal_mail; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.rehearsal_mail VALUES (1, 2, '2026-11-25 18:20:43.906297+00', 'bo@example.org', 'Rehearsal in May感谢您：请填写证书上的姓名', '\x436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b20626f756e646172793d223d5f616c7465726e6174697665220d0a4d494d452d56657273696f6e3a20312e300d0a46726f6d3a2052656865617273616c20696e204d6179203c636572746966696361746573406578616d706c652e6f72673e0d0a546f3a20626f406578616d706c652e6f72670d0a5265706c792d546f3a20636572746966696361746573406578616d706c652e6f72670d0a5375626a6563743a2052656865617273616c20696e203d3f7574662d383f623f54574635356f5366364c4369356f4b6f37377961364b2b33356147723559615a364b2b42354c6d6d354c694b3f3d0d0a203d3f7574662d383f623f3535714535616554355a434e3f3d0d0a446174653a205765642c203235204e6f7620323032362031383a32303a3433202b303030300d0a4d6573736167652d49443a203c322d65363461646231336431373732373834406578616d706c652e6f72673e0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a436f6e74656e742d4c616e67756167653a207a680d0a582d4365727469666963617465732d4576656e743a20320d0a0d0a2d2d3d5f616c7465726e61746976650d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a3d45343d42413d42323d45373d38383d42313d45373d39413d38343d45353d42463d39373d45363d38343d42463d45383d38303d38353d45463d42433d39410d0a0d0a3d45363d38343d39463d45383d42303d41323d45363d38323d41383d45353d38463d38323d45343d42383d38453d45323d38303d394352656865617273616c20696e204d61793d45323d0d0a3d38303d39443d45333d38303d38323d45363d41443d41333d45353d39423d41303d45343d42383d42413d45363d39433d38393d45363d38323d41383d45353d39323d38433d45343d42433d0d0a3d39393d45343d42433d42343d45343d42423d41433d45343d42423d39383d45353d38373d42413d45363d39373d42363d45393d39373d42343d45463d42433d38433d45363d42343d42423d0d0a3d45353d38413d41383d45363d38393d38443d45353d42453d39373d45343d42423d41353d45393d41313d42413d45353d38383d41393d45343d42383d42453d45383d41313d38433d45333d0d0a3d38303d38320d0a0d0a3d45363d38383d39313d45343d42423d41433d45343d42383d42413d45363d38323d41383d45353d38373d38363d45353d41343d38373d45343d42413d38363d45343d42383d38303d45353d0d0a3d42433d41303d45353d42463d39373d45363d38343d42463d45383d38303d38353d45383d41463d38313d45343d42393d41363d45463d42433d38433d45343d42423d41353d45383d41313d0d0a3d41383d45383d42303d41323d45363d38343d38463d45333d38303d38323d45383d41463d42373d45353d39313d38413d45383d41463d38393d45363d38383d39313d45343d42423d41433d0d0a3d45383d41463d38313d45343d42393d41363d45343d42383d38413d45383d41363d38313d45353d38443d42303d45373d39413d38343d45353d41373d39333d45353d39303d38443d45463d0d0a3d42433d38433d45383d42453d39333d45353d38353d41353d45363d39373d42363d45353d42303d42313d45383d38333d42443d45373d39433d38423d45353d38383d42303d45383d41463d0d0a3d38313d45343d42393d41363d45373d39413d38343d45363d41303d42373d45353d41443d39303d45333d38303d38320d0a0d0a687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f6b656e3d33444a595f4b6c52594463767a326661554a6d436e564b4847707a693635443472454c3d0d0a7a426b33636b654c36670d0a0d0a3d45383d42463d39393d45363d39383d41463d45363d38323d41383d45373d39413d38343d45343d42383d39333d45353d42313d39453d45393d39333d42453d45363d38453d41353d45463d0d0a3d42433d38433d45383d41463d42373d45343d42383d38443d45383d41363d38313d45383d42443d41433d45353d38463d39313d45373d42423d39393d45343d42423d39363d45343d42413d0d0a3d42413d45333d38303d38323d45353d41313d41423d45353d41353d42443d45353d41373d39333d45353d39303d38443d45353d39303d38453d45463d42433d38433d45363d38383d39313d0d0a3d45343d42423d41433d45343d42433d39413d45373d41423d38423d45353d38443d42333d45363d38413d38413d45383d41463d38313d45343d42393d41363d45353d38463d39313d45353d0d0a3d38383d42303d45363d38323d41383d45373d39413d38343d45393d38323d41453d45373d41453d42313d45333d38303d38320d0a0d0a3d45383d42303d41383d45383d38373d42343d45383d42303d41323d45363d38343d38460d0a52656865617273616c20696e204d61790d0a0d0a2d2d3d32300d0a52656865617273616c20696e204d61790d0a3d45363d38323d41383d45363d39343d42363d45353d38383d42303d45383d42463d39393d45353d42303d38313d45393d38323d41453d45343d42423d42363d45463d42433d38433d45363d0d0a3d39383d41463d45353d39423d41303d45343d42383d42413d45363d38323d41383d45353d39433d413852656865617273616c20696e204d61793d45323d38303d394352656865617273613d0d0a6c20696e204d61793d45323d38303d39443d45373d39413d38343d45353d39303d38443d45353d38443d39353d45343d42383d38413d45333d38303d38320d0a0d0a2d2d3d5f616c7465726e61746976650d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d3344227a68223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c7469746c653e52656865617273616c20696e204d61793d45363d38343d39463d45383d42303d41323d45363d38323d41383d45463d42433d39413d45383d41463d42373d45353d41313d0d0a3d41423d45353d38363d39393d45383d41463d38313d45343d42393d41363d45343d42383d38413d45373d39413d38343d45353d41373d39333d45353d39303d38443c2f7469746c653e0d0a3c2f686561643e0d0a3c626f6479207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e642d636f6c6f723a236633663165633b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d0d0a3d334422302220626f726465723d3344223022207374796c653d3344226261636b67726f756e642d636f6c6f723a236633663165633b223e0d0a3c74723e3c746420616c69676e3d33442263656e74657222207374796c653d33442270616464696e673a3234707820313270783b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363030222063656c6c70616464696e673d33442230222063656c6c73706163696e673d33443d0d0a22302220626f726465723d3344223022207374796c653d33442277696474683a313030253b6d61782d77696474683a36303070783b6261636b67726f756e642d636f6c6f723a23666666663d0d0a66663b626f726465722d746f703a34707820736f6c696420233861326232623b223e0d0a3c74723e3c7464207374796c653d33442270616464696e673a3238707820333270782038707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963723d0d0a6f736f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313470783b6c696e652d6865696768743d0d0a3a323070783b636f6c6f723a233562353334383b223e52656865617273616c20696e204d61793c2f74643e3c2f74723e0d0a3c74723e3c7464207374796c653d33442270616464696e673a302033327078203132707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f733d0d0a6f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a323270783b6c696e652d6865696768743a333d0d0a3070783b666f6e742d7765696768743a626f6c643b636f6c6f723a233166316231363b223e52656865617273616c20696e204d61793c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45343d42413d42323d45373d38383d42313d45373d39413d38343d45353d42463d39373d45363d38343d42463d45383d38303d38353d45463d42433d39413d0d0a3c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45363d38343d39463d45383d42303d41323d45363d38323d41383d45353d38463d38323d45343d42383d38453d45323d38303d394352656865617273616c3d0d0a20696e204d61793d45323d38303d39443d45333d38303d38323d45363d41443d41333d45353d39423d41303d45343d42383d42413d45363d39433d38393d45363d38323d41383d45353d0d0a3d39323d38433d45343d42433d39393d45343d42433d42343d45343d42423d41433d45343d42423d39383d45353d38373d42413d45363d39373d42363d45393d39373d42343d45463d42433d0d0a3d38433d45363d42343d42423d45353d38413d41383d45363d38393d38443d45353d42453d39373d45343d42423d41353d45393d41313d42413d45353d38383d41393d45343d42383d42453d0d0a3d45383d41313d38433d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45363d38383d39313d45343d42423d41433d45343d42383d42413d45363d38323d41383d45353d38373d38363d45353d41343d38373d45343d42413d38363d0d0a3d45343d42383d38303d45353d42433d41303d45353d42463d39373d45363d38343d42463d45383d38303d38353d45383d41463d38313d45343d42393d41363d45463d42433d38433d45343d0d0a3d42423d41353d45383d41313d41383d45383d42303d41323d45363d38343d38463d45333d38303d38323d45383d41463d42373d45353d39313d38413d45383d41463d38393d45363d38383d0d0a3d39313d45343d42423d41433d45383d41463d38313d45343d42393d41363d45343d42383d38413d45383d41363d38313d45353d38443d42303d45373d39413d38343d45353d41373d39333d0d0a3d45353d39303d38443d45463d42433d38433d45383d42453d39333d45353d38353d41353d45363d39373d42363d45353d42303d42313d45383d38333d42443d45373d39433d38423d45353d0d0a3d38383d42303d45383d41463d38313d45343d42393d41363d45373d39413d38343d45363d41303d42373d45353d41443d39303d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222063656c6c70616464696e673d33442230222063656c6c73706163696e673d334422302220626f726465723d3344223d0d0a3022207374796c653d3344226d617267696e3a38707820303b223e3c74723e3c746420616c69676e3d33442263656e74657222206267636f6c6f723d3344222338613262326222207374793d0d0a6c653d3344226261636b67726f756e642d636f6c6f723a233861326232623b626f726465722d7261646975733a3670783b223e3c6120687265663d334422687474703a2f2f3132372e302e3d0d0a302e313a383030302f63657274696669636174653f746f6b656e3d33444a595f4b6c52594463767a326661554a6d436e564b4847707a693635443472454c7a426b33636b654c36672220733d0d0a74796c653d334422646973706c61793a696e6c696e652d626c6f636b3b70616464696e673a3133707820323870783b666f6e742d73697a653a313770783b6c696e652d6865696768743a323d0d0a3270783b666f6e742d7765696768743a626f6c643b636f6c6f723a236666666666663b746578742d6465636f726174696f6e3a6e6f6e653b223e3d45353d41313d41423d45353d38363d0d0a3d39393d45363d38383d39313d45373d39413d38343d45353d41373d39333d45353d39303d38443c2f613e3c2f74643e3c2f74723e3c2f7461626c653e0d0a0d0a3c7370616e207374796c653d334422666f6e742d73697a653a313370783b6c696e652d6865696768743a323070783b636f6c6f723a233562353334383b776f72642d627265616b3a6272653d0d0a616b2d616c6c3b223e3d45353d41363d38323d45363d39453d39433d45373d38323d42393d45353d38373d42423d45363d38433d38393d45393d39323d41453d45363d42323d41313d45363d0d0a3d39433d38393d45353d38463d38443d45353d42413d39343d45463d42433d38433d45383d41463d42373d45363d38413d38413d45383d42463d39393d45343d42383d41413d45353d39433d0d0a3d42303d45353d39443d38303d45353d41343d38443d45353d38383d42363d45353d38383d42303d45363d42353d38463d45383d41373d38383d45353d39393d41383d45343d42383d41443d0d0a3d45363d38393d39333d45353d42433d38303d45463d42433d3941203c6120687265663d334422687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f3d0d0a6b656e3d33444a595f4b6c52594463767a326661554a6d436e564b4847707a693635443472454c7a426b33636b654c366722207374796c653d334422636f6c6f723a233861326232623b773d0d0a6f72642d627265616b3a627265616b2d616c6c3b223e687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f6b656e3d33444a595f4b6c52594463767a3d0d0a326661554a6d436e564b4847707a693635443472454c7a426b33636b654c36673c2f613e3c2f7370616e3e3c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45383d42463d39393d45363d39383d41463d45363d38323d41383d45373d39413d38343d45343d42383d39333d45353d42313d39453d45393d39333d42453d0d0a3d45363d38453d41353d45463d42433d38433d45383d41463d42373d45343d42383d38443d45383d41363d38313d45383d42443d41433d45353d38463d39313d45373d42423d39393d45343d0d0a3d42423d39363d45343d42413d42413d45333d38303d38323d45353d41313d41423d45353d41353d42443d45353d41373d39333d45353d39303d38443d45353d39303d38453d45463d42433d0d0a3d38433d45363d38383d39313d45343d42423d41433d45343d42433d39413d45373d41423d38423d45353d38443d42333d45363d38413d38413d45383d41463d38313d45343d42393d41363d0d0a3d45353d38463d39313d45353d38383d42303d45363d38323d41383d45373d39413d38343d45393d38323d41453d45373d41453d42313d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45383d42303d41383d45383d38373d42343d45383d42303d41323d45363d38343d38463c62723e52656865617273616c20696e204d61793c2f74643e3c2f3d0d0a74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a323070782033327078203238707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d69633d0d0a726f736f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313370783b6c696e652d68656967683d0d0a743a323070783b636f6c6f723a233562353334383b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d0d0a3d334422302220626f726465723d33442230223e3c74723e3c7464207374796c653d334422626f726465722d746f703a31707820736f6c696420236439643463393b666f6e742d73697a653d0d0a3a303b6c696e652d6865696768743a303b6865696768743a313670783b223e266e6273703b3c2f74643e3c2f74723e3c2f7461626c653e0d0a52656865617273616c20696e204d61793c62723e3d45363d38323d41383d45363d39343d42363d45353d38383d42303d45383d42463d39393d45353d42303d38313d45393d38323d41453d0d0a3d45343d42423d42363d45463d42433d38433d45363d39383d41463d45353d39423d41303d45343d42383d42413d45363d38323d41383d45353d39433d413852656865617273616c20696e3d0d0a204d61793d45323d38303d394352656865617273616c20696e204d61793d45323d38303d39443d45373d39413d38343d45353d39303d38443d45353d38443d39353d45343d42383d38413d0d0a3d45333d38303d38320d0a3c2f74643e3c2f74723e0d0a3c2f7461626c653e0d0a3c2f74643e3c2f74723e0d0a3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a2d2d3d5f616c7465726e61746976652d2d0d0a');
INSERT INTO public.rehearsal_mail VALUES (2, 2, '2026-11-25 18:20:43.944773+00', 'an@example.org', 'Rehearsal in May感谢您：请填写证书上的姓名', '\x436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b20626f756e646172793d223d5f616c7465726e6174697665220d0a4d494d452d56657273696f6e3a20312e300d0a46726f6d3a2052656865617273616c20696e204d6179203c636572746966696361746573406578616d706c652e6f72673e0d0a546f3a20616e406578616d706c652e6f72670d0a5265706c792d546f3a20636572746966696361746573406578616d706c652e6f72670d0a5375626a6563743a2052656865617273616c20696e203d3f7574662d383f623f54574635356f5366364c4369356f4b6f37377961364b2b33356147723559615a364b2b42354c6d6d354c694b3f3d0d0a203d3f7574662d383f623f3535714535616554355a434e3f3d0d0a446174653a205765642c203235204e6f7620323032362031383a32303a3433202b303030300d0a4d6573736167652d49443a203c312d36363936323966316434326635393365406578616d706c652e6f72673e0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a436f6e74656e742d4c616e67756167653a207a680d0a582d4365727469666963617465732d4576656e743a20320d0a0d0a2d2d3d5f616c7465726e61746976650d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a3d45343d42413d42323d45373d38383d42313d45373d39413d38343d45353d42463d39373d45363d38343d42463d45383d38303d38353d45463d42433d39410d0a0d0a3d45363d38343d39463d45383d42303d41323d45363d38323d41383d45353d38463d38323d45343d42383d38453d45323d38303d394352656865617273616c20696e204d61793d45323d0d0a3d38303d39443d45333d38303d38323d45363d41443d41333d45353d39423d41303d45343d42383d42413d45363d39433d38393d45363d38323d41383d45353d39323d38433d45343d42433d0d0a3d39393d45343d42433d42343d45343d42423d41433d45343d42423d39383d45353d38373d42413d45363d39373d42363d45393d39373d42343d45463d42433d38433d45363d42343d42423d0d0a3d45353d38413d41383d45363d38393d38443d45353d42453d39373d45343d42423d41353d45393d41313d42413d45353d38383d41393d45343d42383d42453d45383d41313d38433d45333d0d0a3d38303d38320d0a0d0a3d45363d38383d39313d45343d42423d41433d45343d42383d42413d45363d38323d41383d45353d38373d38363d45353d41343d38373d45343d42413d38363d45343d42383d38303d45353d0d0a3d42433d41303d45353d42463d39373d45363d38343d42463d45383d38303d38353d45383d41463d38313d45343d42393d41363d45463d42433d38433d45343d42423d41353d45383d41313d0d0a3d41383d45383d42303d41323d45363d38343d38463d45333d38303d38323d45383d41463d42373d45353d39313d38413d45383d41463d38393d45363d38383d39313d45343d42423d41433d0d0a3d45383d41463d38313d45343d42393d41363d45343d42383d38413d45383d41363d38313d45353d38443d42303d45373d39413d38343d45353d41373d39333d45353d39303d38443d45463d0d0a3d42433d38433d45383d42453d39333d45353d38353d41353d45363d39373d42363d45353d42303d42313d45383d38333d42443d45373d39433d38423d45353d38383d42303d45383d41463d0d0a3d38313d45343d42393d41363d45373d39413d38343d45363d41303d42373d45353d41443d39303d45333d38303d38320d0a0d0a687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f6b656e3d3344423433506a6d347659634471625779413550736a576c325436745768694e4253763d0d0a4a514839676a493069510d0a0d0a3d45383d42463d39393d45363d39383d41463d45363d38323d41383d45373d39413d38343d45343d42383d39333d45353d42313d39453d45393d39333d42453d45363d38453d41353d45463d0d0a3d42433d38433d45383d41463d42373d45343d42383d38443d45383d41363d38313d45383d42443d41433d45353d38463d39313d45373d42423d39393d45343d42423d39363d45343d42413d0d0a3d42413d45333d38303d38323d45353d41313d41423d45353d41353d42443d45353d41373d39333d45353d39303d38443d45353d39303d38453d45463d42433d38433d45363d38383d39313d0d0a3d45343d42423d41433d45343d42433d39413d45373d41423d38423d45353d38443d42333d45363d38413d38413d45383d41463d38313d45343d42393d41363d45353d38463d39313d45353d0d0a3d38383d42303d45363d38323d41383d45373d39413d38343d45393d38323d41453d45373d41453d42313d45333d38303d38320d0a0d0a3d45383d42303d41383d45383d38373d42343d45383d42303d41323d45363d38343d38460d0a52656865617273616c20696e204d61790d0a0d0a2d2d3d32300d0a52656865617273616c20696e204d61790d0a3d45363d38323d41383d45363d39343d42363d45353d38383d42303d45383d42463d39393d45353d42303d38313d45393d38323d41453d45343d42423d42363d45463d42433d38433d45363d0d0a3d39383d41463d45353d39423d41303d45343d42383d42413d45363d38323d41383d45353d39433d413852656865617273616c20696e204d61793d45323d38303d394352656865617273613d0d0a6c20696e204d61793d45323d38303d39443d45373d39413d38343d45353d39303d38443d45353d38443d39353d45343d42383d38413d45333d38303d38320d0a0d0a2d2d3d5f616c7465726e61746976650d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d3344227a68223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c7469746c653e52656865617273616c20696e204d61793d45363d38343d39463d45383d42303d41323d45363d38323d41383d45463d42433d39413d45383d41463d42373d45353d41313d0d0a3d41423d45353d38363d39393d45383d41463d38313d45343d42393d41363d45343d42383d38413d45373d39413d38343d45353d41373d39333d45353d39303d38443c2f7469746c653e0d0a3c2f686561643e0d0a3c626f6479207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e642d636f6c6f723a236633663165633b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d0d0a3d334422302220626f726465723d3344223022207374796c653d3344226261636b67726f756e642d636f6c6f723a236633663165633b223e0d0a3c74723e3c746420616c69676e3d33442263656e74657222207374796c653d33442270616464696e673a3234707820313270783b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363030222063656c6c70616464696e673d33442230222063656c6c73706163696e673d33443d0d0a22302220626f726465723d3344223022207374796c653d33442277696474683a313030253b6d61782d77696474683a36303070783b6261636b67726f756e642d636f6c6f723a23666666663d0d0a66663b626f726465722d746f703a34707820736f6c696420233861326232623b223e0d0a3c74723e3c7464207374796c653d33442270616464696e673a3238707820333270782038707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963723d0d0a6f736f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313470783b6c696e652d6865696768743d0d0a3a323070783b636f6c6f723a233562353334383b223e52656865617273616c20696e204d61793c2f74643e3c2f74723e0d0a3c74723e3c7464207374796c653d33442270616464696e673a302033327078203132707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f733d0d0a6f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a323270783b6c696e652d6865696768743a333d0d0a3070783b666f6e742d7765696768743a626f6c643b636f6c6f723a233166316231363b223e52656865617273616c20696e204d61793c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45343d42413d42323d45373d38383d42313d45373d39413d38343d45353d42463d39373d45363d38343d42463d45383d38303d38353d45463d42433d39413d0d0a3c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45363d38343d39463d45383d42303d41323d45363d38323d41383d45353d38463d38323d45343d42383d38453d45323d38303d394352656865617273616c3d0d0a20696e204d61793d45323d38303d39443d45333d38303d38323d45363d41443d41333d45353d39423d41303d45343d42383d42413d45363d39433d38393d45363d38323d41383d45353d0d0a3d39323d38433d45343d42433d39393d45343d42433d42343d45343d42423d41433d45343d42423d39383d45353d38373d42413d45363d39373d42363d45393d39373d42343d45463d42433d0d0a3d38433d45363d42343d42423d45353d38413d41383d45363d38393d38443d45353d42453d39373d45343d42423d41353d45393d41313d42413d45353d38383d41393d45343d42383d42453d0d0a3d45383d41313d38433d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45363d38383d39313d45343d42423d41433d45343d42383d42413d45363d38323d41383d45353d38373d38363d45353d41343d38373d45343d42413d38363d0d0a3d45343d42383d38303d45353d42433d41303d45353d42463d39373d45363d38343d42463d45383d38303d38353d45383d41463d38313d45343d42393d41363d45463d42433d38433d45343d0d0a3d42423d41353d45383d41313d41383d45383d42303d41323d45363d38343d38463d45333d38303d38323d45383d41463d42373d45353d39313d38413d45383d41463d38393d45363d38383d0d0a3d39313d45343d42423d41433d45383d41463d38313d45343d42393d41363d45343d42383d38413d45383d41363d38313d45353d38443d42303d45373d39413d38343d45353d41373d39333d0d0a3d45353d39303d38443d45463d42433d38433d45383d42453d39333d45353d38353d41353d45363d39373d42363d45353d42303d42313d45383d38333d42443d45373d39433d38423d45353d0d0a3d38383d42303d45383d41463d38313d45343d42393d41363d45373d39413d38343d45363d41303d42373d45353d41443d39303d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222063656c6c70616464696e673d33442230222063656c6c73706163696e673d334422302220626f726465723d3344223d0d0a3022207374796c653d3344226d617267696e3a38707820303b223e3c74723e3c746420616c69676e3d33442263656e74657222206267636f6c6f723d3344222338613262326222207374793d0d0a6c653d3344226261636b67726f756e642d636f6c6f723a233861326232623b626f726465722d7261646975733a3670783b223e3c6120687265663d334422687474703a2f2f3132372e302e3d0d0a302e313a383030302f63657274696669636174653f746f6b656e3d3344423433506a6d347659634471625779413550736a576c325436745768694e4253764a514839676a493069512220733d0d0a74796c653d334422646973706c61793a696e6c696e652d626c6f636b3b70616464696e673a3133707820323870783b666f6e742d73697a653a313770783b6c696e652d6865696768743a323d0d0a3270783b666f6e742d7765696768743a626f6c643b636f6c6f723a236666666666663b746578742d6465636f726174696f6e3a6e6f6e653b223e3d45353d41313d41423d45353d38363d0d0a3d39393d45363d38383d39313d45373d39413d38343d45353d41373d39333d45353d39303d38443c2f613e3c2f74643e3c2f74723e3c2f7461626c653e0d0a0d0a3c7370616e207374796c653d334422666f6e742d73697a653a313370783b6c696e652d6865696768743a323070783b636f6c6f723a233562353334383b776f72642d627265616b3a6272653d0d0a616b2d616c6c3b223e3d45353d41363d38323d45363d39453d39433d45373d38323d42393d45353d38373d42423d45363d38433d38393d45393d39323d41453d45363d42323d41313d45363d0d0a3d39433d38393d45353d38463d38443d45353d42413d39343d45463d42433d38433d45383d41463d42373d45363d38413d38413d45383d42463d39393d45343d42383d41413d45353d39433d0d0a3d42303d45353d39443d38303d45353d41343d38443d45353d38383d42363d45353d38383d42303d45363d42353d38463d45383d41373d38383d45353d39393d41383d45343d42383d41443d0d0a3d45363d38393d39333d45353d42433d38303d45463d42433d3941203c6120687265663d334422687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f3d0d0a6b656e3d3344423433506a6d347659634471625779413550736a576c325436745768694e4253764a514839676a4930695122207374796c653d334422636f6c6f723a233861326232623b773d0d0a6f72642d627265616b3a627265616b2d616c6c3b223e687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f6b656e3d3344423433506a6d34765963443d0d0a71625779413550736a576c325436745768694e4253764a514839676a493069513c2f613e3c2f7370616e3e3c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45383d42463d39393d45363d39383d41463d45363d38323d41383d45373d39413d38343d45343d42383d39333d45353d42313d39453d45393d39333d42453d0d0a3d45363d38453d41353d45463d42433d38433d45383d41463d42373d45343d42383d38443d45383d41363d38313d45383d42443d41433d45353d38463d39313d45373d42423d39393d45343d0d0a3d42423d39363d45343d42413d42413d45333d38303d38323d45353d41313d41423d45353d41353d42443d45353d41373d39333d45353d39303d38443d45353d39303d38453d45463d42433d0d0a3d38433d45363d38383d39313d45343d42423d41433d45343d42433d39413d45373d41423d38423d45353d38443d42333d45363d38413d38413d45383d41463d38313d45343d42393d41363d0d0a3d45353d38463d39313d45353d38383d42303d45363d38323d41383d45373d39413d38343d45393d38323d41453d45373d41453d42313d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45383d42303d41383d45383d38373d42343d45383d42303d41323d45363d38343d38463c62723e52656865617273616c20696e204d61793c2f74643e3c2f3d0d0a74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a323070782033327078203238707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d69633d0d0a726f736f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313370783b6c696e652d68656967683d0d0a743a323070783b636f6c6f723a233562353334383b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d0d0a3d334422302220626f726465723d33442230223e3c74723e3c7464207374796c653d334422626f726465722d746f703a31707820736f6c696420236439643463393b666f6e742d73697a653d0d0a3a303b6c696e652d6865696768743a303b6865696768743a313670783b223e266e6273703b3c2f74643e3c2f74723e3c2f7461626c653e0d0a52656865617273616c20696e204d61793c62723e3d45363d38323d41383d45363d39343d42363d45353d38383d42303d45383d42463d39393d45353d42303d38313d45393d38323d41453d0d0a3d45343d42423d42363d45463d42433d38433d45363d39383d41463d45353d39423d41303d45343d42383d42413d45363d38323d41383d45353d39433d413852656865617273616c20696e3d0d0a204d61793d45323d38303d394352656865617273616c20696e204d61793d45323d38303d39443d45373d39413d38343d45353d39303d38443d45353d38443d39353d45343d42383d38413d0d0a3d45333d38303d38320d0a3c2f74643e3c2f74723e0d0a3c2f7461626c653e0d0a3c2f74643e3c2f74723e0d0a3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a2d2d3d5f616c7465726e61746976652d2d0d0a');
INSERT INTO public.rehearsal_mail VALUES (3, 2, '2026-11-25 18:20:43.944244+00', 'ci@example.org', 'Rehearsal in May感谢您：请填写证书上的姓名', '\x436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b20626f756e646172793d223d5f616c7465726e6174697665220d0a4d494d452d56657273696f6e3a20312e300d0a46726f6d3a2052656865617273616c20696e204d6179203c636572746966696361746573406578616d706c652e6f72673e0d0a546f3a206369406578616d706c652e6f72670d0a5265706c792d546f3a20636572746966696361746573406578616d706c652e6f72670d0a5375626a6563743a2052656865617273616c20696e203d3f7574662d383f623f54574635356f5366364c4369356f4b6f37377961364b2b33356147723559615a364b2b42354c6d6d354c694b3f3d0d0a203d3f7574662d383f623f3535714535616554355a434e3f3d0d0a446174653a205765642c203235204e6f7620323032362031383a32303a3433202b303030300d0a4d6573736167652d49443a203c332d63656434643536646261323237373939406578616d706c652e6f72673e0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a436f6e74656e742d4c616e67756167653a207a680d0a582d4365727469666963617465732d4576656e743a20320d0a0d0a2d2d3d5f616c7465726e61746976650d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a3d45343d42413d42323d45373d38383d42313d45373d39413d38343d45353d42463d39373d45363d38343d42463d45383d38303d38353d45463d42433d39410d0a0d0a3d45363d38343d39463d45383d42303d41323d45363d38323d41383d45353d38463d38323d45343d42383d38453d45323d38303d394352656865617273616c20696e204d61793d45323d0d0a3d38303d39443d45333d38303d38323d45363d41443d41333d45353d39423d41303d45343d42383d42413d45363d39433d38393d45363d38323d41383d45353d39323d38433d45343d42433d0d0a3d39393d45343d42433d42343d45343d42423d41433d45343d42423d39383d45353d38373d42413d45363d39373d42363d45393d39373d42343d45463d42433d38433d45363d42343d42423d0d0a3d45353d38413d41383d45363d38393d38443d45353d42453d39373d45343d42423d41353d45393d41313d42413d45353d38383d41393d45343d42383d42453d45383d41313d38433d45333d0d0a3d38303d38320d0a0d0a3d45363d38383d39313d45343d42423d41433d45343d42383d42413d45363d38323d41383d45353d38373d38363d45353d41343d38373d45343d42413d38363d45343d42383d38303d45353d0d0a3d42433d41303d45353d42463d39373d45363d38343d42463d45383d38303d38353d45383d41463d38313d45343d42393d41363d45463d42433d38433d45343d42423d41353d45383d41313d0d0a3d41383d45383d42303d41323d45363d38343d38463d45333d38303d38323d45383d41463d42373d45353d39313d38413d45383d41463d38393d45363d38383d39313d45343d42423d41433d0d0a3d45383d41463d38313d45343d42393d41363d45343d42383d38413d45383d41363d38313d45353d38443d42303d45373d39413d38343d45353d41373d39333d45353d39303d38443d45463d0d0a3d42433d38433d45383d42453d39333d45353d38353d41353d45363d39373d42363d45353d42303d42313d45383d38333d42443d45373d39433d38423d45353d38383d42303d45383d41463d0d0a3d38313d45343d42393d41363d45373d39413d38343d45363d41303d42373d45353d41443d39303d45333d38303d38320d0a0d0a687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f6b656e3d33446a626c4c72544c2d5071505430315867456e6f574a554b72366c2d416155364b6e3d0d0a44644e503276343849510d0a0d0a3d45383d42463d39393d45363d39383d41463d45363d38323d41383d45373d39413d38343d45343d42383d39333d45353d42313d39453d45393d39333d42453d45363d38453d41353d45463d0d0a3d42433d38433d45383d41463d42373d45343d42383d38443d45383d41363d38313d45383d42443d41433d45353d38463d39313d45373d42423d39393d45343d42423d39363d45343d42413d0d0a3d42413d45333d38303d38323d45353d41313d41423d45353d41353d42443d45353d41373d39333d45353d39303d38443d45353d39303d38453d45463d42433d38433d45363d38383d39313d0d0a3d45343d42423d41433d45343d42433d39413d45373d41423d38423d45353d38443d42333d45363d38413d38413d45383d41463d38313d45343d42393d41363d45353d38463d39313d45353d0d0a3d38383d42303d45363d38323d41383d45373d39413d38343d45393d38323d41453d45373d41453d42313d45333d38303d38320d0a0d0a3d45383d42303d41383d45383d38373d42343d45383d42303d41323d45363d38343d38460d0a52656865617273616c20696e204d61790d0a0d0a2d2d3d32300d0a52656865617273616c20696e204d61790d0a3d45363d38323d41383d45363d39343d42363d45353d38383d42303d45383d42463d39393d45353d42303d38313d45393d38323d41453d45343d42423d42363d45463d42433d38433d45363d0d0a3d39383d41463d45353d39423d41303d45343d42383d42413d45363d38323d41383d45353d39433d413852656865617273616c20696e204d61793d45323d38303d394352656865617273613d0d0a6c20696e204d61793d45323d38303d39443d45373d39413d38343d45353d39303d38443d45353d38443d39353d45343d42383d38413d45333d38303d38320d0a0d0a2d2d3d5f616c7465726e61746976650d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d3344227a68223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c7469746c653e52656865617273616c20696e204d61793d45363d38343d39463d45383d42303d41323d45363d38323d41383d45463d42433d39413d45383d41463d42373d45353d41313d0d0a3d41423d45353d38363d39393d45383d41463d38313d45343d42393d41363d45343d42383d38413d45373d39413d38343d45353d41373d39333d45353d39303d38443c2f7469746c653e0d0a3c2f686561643e0d0a3c626f6479207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e642d636f6c6f723a236633663165633b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d0d0a3d334422302220626f726465723d3344223022207374796c653d3344226261636b67726f756e642d636f6c6f723a236633663165633b223e0d0a3c74723e3c746420616c69676e3d33442263656e74657222207374796c653d33442270616464696e673a3234707820313270783b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363030222063656c6c70616464696e673d33442230222063656c6c73706163696e673d33443d0d0a22302220626f726465723d3344223022207374796c653d33442277696474683a313030253b6d61782d77696474683a36303070783b6261636b67726f756e642d636f6c6f723a23666666663d0d0a66663b626f726465722d746f703a34707820736f6c696420233861326232623b223e0d0a3c74723e3c7464207374796c653d33442270616464696e673a3238707820333270782038707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963723d0d0a6f736f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313470783b6c696e652d6865696768743d0d0a3a323070783b636f6c6f723a233562353334383b223e52656865617273616c20696e204d61793c2f74643e3c2f74723e0d0a3c74723e3c7464207374796c653d33442270616464696e673a302033327078203132707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f733d0d0a6f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a323270783b6c696e652d6865696768743a333d0d0a3070783b666f6e742d7765696768743a626f6c643b636f6c6f723a233166316231363b223e52656865617273616c20696e204d61793c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45343d42413d42323d45373d38383d42313d45373d39413d38343d45353d42463d39373d45363d38343d42463d45383d38303d38353d45463d42433d39413d0d0a3c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45363d38343d39463d45383d42303d41323d45363d38323d41383d45353d38463d38323d45343d42383d38453d45323d38303d394352656865617273616c3d0d0a20696e204d61793d45323d38303d39443d45333d38303d38323d45363d41443d41333d45353d39423d41303d45343d42383d42413d45363d39433d38393d45363d38323d41383d45353d0d0a3d39323d38433d45343d42433d39393d45343d42433d42343d45343d42423d41433d45343d42423d39383d45353d38373d42413d45363d39373d42363d45393d39373d42343d45463d42433d0d0a3d38433d45363d42343d42423d45353d38413d41383d45363d38393d38443d45353d42453d39373d45343d42423d41353d45393d41313d42413d45353d38383d41393d45343d42383d42453d0d0a3d45383d41313d38433d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45363d38383d39313d45343d42423d41433d45343d42383d42413d45363d38323d41383d45353d38373d38363d45353d41343d38373d45343d42413d38363d0d0a3d45343d42383d38303d45353d42433d41303d45353d42463d39373d45363d38343d42463d45383d38303d38353d45383d41463d38313d45343d42393d41363d45463d42433d38433d45343d0d0a3d42423d41353d45383d41313d41383d45383d42303d41323d45363d38343d38463d45333d38303d38323d45383d41463d42373d45353d39313d38413d45383d41463d38393d45363d38383d0d0a3d39313d45343d42423d41433d45383d41463d38313d45343d42393d41363d45343d42383d38413d45383d41363d38313d45353d38443d42303d45373d39413d38343d45353d41373d39333d0d0a3d45353d39303d38443d45463d42433d38433d45383d42453d39333d45353d38353d41353d45363d39373d42363d45353d42303d42313d45383d38333d42443d45373d39433d38423d45353d0d0a3d38383d42303d45383d41463d38313d45343d42393d41363d45373d39413d38343d45363d41303d42373d45353d41443d39303d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222063656c6c70616464696e673d33442230222063656c6c73706163696e673d334422302220626f726465723d3344223d0d0a3022207374796c653d3344226d617267696e3a38707820303b223e3c74723e3c746420616c69676e3d33442263656e74657222206267636f6c6f723d3344222338613262326222207374793d0d0a6c653d3344226261636b67726f756e642d636f6c6f723a233861326232623b626f726465722d7261646975733a3670783b223e3c6120687265663d334422687474703a2f2f3132372e302e3d0d0a302e313a383030302f63657274696669636174653f746f6b656e3d33446a626c4c72544c2d5071505430315867456e6f574a554b72366c2d416155364b6e44644e503276343849512220733d0d0a74796c653d334422646973706c61793a696e6c696e652d626c6f636b3b70616464696e673a3133707820323870783b666f6e742d73697a653a313770783b6c696e652d6865696768743a323d0d0a3270783b666f6e742d7765696768743a626f6c643b636f6c6f723a236666666666663b746578742d6465636f726174696f6e3a6e6f6e653b223e3d45353d41313d41423d45353d38363d0d0a3d39393d45363d38383d39313d45373d39413d38343d45353d41373d39333d45353d39303d38443c2f613e3c2f74643e3c2f74723e3c2f7461626c653e0d0a0d0a3c7370616e207374796c653d334422666f6e742d73697a653a313370783b6c696e652d6865696768743a323070783b636f6c6f723a233562353334383b776f72642d627265616b3a6272653d0d0a616b2d616c6c3b223e3d45353d41363d38323d45363d39453d39433d45373d38323d42393d45353d38373d42423d45363d38433d38393d45393d39323d41453d45363d42323d41313d45363d0d0a3d39433d38393d45353d38463d38443d45353d42413d39343d45463d42433d38433d45383d41463d42373d45363d38413d38413d45383d42463d39393d45343d42383d41413d45353d39433d0d0a3d42303d45353d39443d38303d45353d41343d38443d45353d38383d42363d45353d38383d42303d45363d42353d38463d45383d41373d38383d45353d39393d41383d45343d42383d41443d0d0a3d45363d38393d39333d45353d42433d38303d45463d42433d3941203c6120687265663d334422687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f3d0d0a6b656e3d33446a626c4c72544c2d5071505430315867456e6f574a554b72366c2d416155364b6e44644e5032763438495122207374796c653d334422636f6c6f723a233861326232623b773d0d0a6f72642d627265616b3a627265616b2d616c6c3b223e687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f6b656e3d33446a626c4c72544c2d5071503d0d0a5430315867456e6f574a554b72366c2d416155364b6e44644e503276343849513c2f613e3c2f7370616e3e3c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45383d42463d39393d45363d39383d41463d45363d38323d41383d45373d39413d38343d45343d42383d39333d45353d42313d39453d45393d39333d42453d0d0a3d45363d38453d41353d45463d42433d38433d45383d41463d42373d45343d42383d38443d45383d41363d38313d45383d42443d41433d45353d38463d39313d45373d42423d39393d45343d0d0a3d42423d39363d45343d42413d42413d45333d38303d38323d45353d41313d41423d45353d41353d42443d45353d41373d39333d45353d39303d38443d45353d39303d38453d45463d42433d0d0a3d38433d45363d38383d39313d45343d42423d41433d45343d42433d39413d45373d41423d38423d45353d38443d42333d45363d38413d38413d45383d41463d38313d45343d42393d41363d0d0a3d45353d38463d39313d45353d38383d42303d45363d38323d41383d45373d39413d38343d45393d38323d41453d45373d41453d42313d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45383d42303d41383d45383d38373d42343d45383d42303d41323d45363d38343d38463c62723e52656865617273616c20696e204d61793c2f74643e3c2f3d0d0a74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a323070782033327078203238707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d69633d0d0a726f736f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313370783b6c696e652d68656967683d0d0a743a323070783b636f6c6f723a233562353334383b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d0d0a3d334422302220626f726465723d33442230223e3c74723e3c7464207374796c653d334422626f726465722d746f703a31707820736f6c696420236439643463393b666f6e742d73697a653d0d0a3a303b6c696e652d6865696768743a303b6865696768743a313670783b223e266e6273703b3c2f74643e3c2f74723e3c2f7461626c653e0d0a52656865617273616c20696e204d61793c62723e3d45363d38323d41383d45363d39343d42363d45353d38383d42303d45383d42463d39393d45353d42303d38313d45393d38323d41453d0d0a3d45343d42423d42363d45463d42433d38433d45363d39383d41463d45353d39423d41303d45343d42383d42413d45363d38323d41383d45353d39433d413852656865617273616c20696e3d0d0a204d61793d45323d38303d394352656865617273616c20696e204d61793d45323d38303d39443d45373d39413d38343d45353d39303d38443d45353d38443d39353d45343d42383d38413d0d0a3d45333d38303d38320d0a3c2f74643e3c2f74723e0d0a3c2f7461626c653e0d0a3c2f74643e3c2f74723e0d0a3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a2d2d3d5f616c7465726e61746976652d2d0d0a');
INSERT INTO public.rehearsal_mail VALUES (4, 2, '2026-11-25 18:20:45.007263+00', 'bo@example.org', '欧阳娜娜，这是Rehearsal in May颁发给您的证书', '\x436f6e74656e742d547970653a206d756c7469706172742f6d697865643b20626f756e646172793d223d5f6d69786564220d0a4d494d452d56657273696f6e3a20312e300d0a46726f6d3a2052656865617273616c20696e204d6179203c636572746966696361746573406578616d706c652e6f72673e0d0a546f3a20626f406578616d706c652e6f72670d0a5265706c792d546f3a20636572746966696361746573406578616d706c652e6f72670d0a5375626a6563743a203d3f7574662d383f623f3571796e365a697a35616963356169633737794d364c2b5a35706976556d566f5a5746796332467349476c754945316865656d6967513d3d3f3d0d0a203d3f7574662d383f623f35592b523537755a356f4b6f35357145364b2b42354c6d6d3f3d0d0a446174653a205765642c203235204e6f7620323032362031383a32303a3434202b303030300d0a4d6573736167652d49443a203c342d36613262313730343736653336666539406578616d706c652e6f72673e0d0a4175746f2d5375626d69747465643a206175746f2d67656e6572617465640d0a582d4175746f2d526573706f6e73652d53757070726573733a20416c6c0d0a436f6e74656e742d4c616e67756167653a207a680d0a582d4365727469666963617465732d4576656e743a20320d0a0d0a2d2d3d5f6d697865640d0a436f6e74656e742d547970653a206d756c7469706172742f616c7465726e61746976653b20626f756e646172793d223d5f616c7465726e6174697665220d0a0d0a2d2d3d5f616c7465726e61746976650d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a3d45363d41433d41373d45393d39383d42333d45353d41383d39433d45353d41383d39433d45463d42433d38433d45363d38323d41383d45353d41353d42443d45463d42433d39410d0a0d0a3d45363d38343d39463d45383d42303d41323d45363d38323d41383d45343d42383d42413d45323d38303d394352656865617273616c20696e204d61793d45323d38303d39443d45343d0d0a3d42423d39383d45353d38373d42413d45373d39413d38343d45353d38413d41413d45353d38413d39423d45333d38303d38323d45383d41463d38313d45343d42393d41363d45353d42373d0d0a3d42323d45393d39413d38463d45343d42463d41313d45393d39393d38343d45343d42383d38413d45463d42433d38433d45393d39433d38303d45383d41363d38313d45363d39373d42363d0d0a3d45343d42393d39463d45353d38463d41463d45343d42423d41353d45393d39413d38463d45363d39373d42363d45393d38373d38443d45363d39363d42303d45343d42383d38423d45383d0d0a3d42443d42443d45333d38303d38320d0a0d0a687474703a2f2f3132372e302e302e313a383030302f6365727469666963617465732f6a37374f5a6f6468476f4347636f703669472d324b412e6a70670d0a0d0a3d45383d41463d38313d45343d42393d41363d45373d42433d39363d45353d38463d42373d45463d42433d3941323032362d3030303030323d45333d38303d38323d45343d42423d42423d0d0a3d45343d42443d39353d45343d42413d42413d45393d38333d42443d45353d38463d41463d45343d42423d41353d45353d39433d41383d45383d42463d39393d45393d38373d38433d45363d0d0a3d39463d41353d45393d41413d38433d45383d41463d38313d45343d42393d41363d45463d42433d3941687474703a2f2f3132372e302e302e313a383030302f7665726966792f6a37374f3d0d0a5a6f6468476f4347636f703669472d324b410d0a0d0a3d45353d41373d39333d45353d39303d38443d45353d38363d39393d45393d39343d39393d45343d42413d38363d45353d39303d39373d45463d42433d39463d45363d38323d41383d45353d0d0a3d38463d41463d45343d42423d41353d45353d39433d41383d45383d38373d41413d45353d42373d42313d45373d39413d38343d45393d41313d42353d45393d39443d41323d45343d42383d0d0a3d38413d45363d39423d42343d45363d41443d41333d45463d42433d3941687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f6b656e3d33444a595f3d0d0a4b6c52594463767a326661554a6d436e564b4847707a693635443472454c7a426b33636b654c36670d0a0d0a3d45383d42303d41383d45383d38373d42343d45383d42303d41323d45363d38343d38460d0a52656865617273616c20696e204d61790d0a0d0a2d2d3d32300d0a52656865617273616c20696e204d61790d0a3d45363d38323d41383d45363d39343d42363d45353d38383d42303d45383d42463d39393d45353d42303d38313d45393d38323d41453d45343d42423d42363d45463d42433d38433d45363d0d0a3d39383d41463d45353d39423d41303d45343d42383d42413d45363d38323d41383d45353d39433d413852656865617273616c20696e204d61793d45323d38303d394352656865617273613d0d0a6c20696e204d61793d45323d38303d39443d45373d39413d38343d45353d39303d38443d45353d38443d39353d45343d42383d38413d45333d38303d38320d0a0d0a2d2d3d5f616c7465726e61746976650d0a436f6e74656e742d547970653a20746578742f68746d6c3b20636861727365743d227574662d38220d0a436f6e74656e742d5472616e736665722d456e636f64696e673a2071756f7465642d7072696e7461626c650d0a0d0a0d0a3c21444f43545950452068746d6c3e0d0a3c68746d6c206c616e673d3344227a68223e0d0a3c686561643e0d0a3c6d65746120636861727365743d3344227574662d38223e0d0a3c6d657461206e616d653d33442276696577706f72742220636f6e74656e743d33442277696474683d33446465766963652d77696474682c20696e697469616c2d7363616c653d334431223e0d0a3c7469746c653e3d45363d41433d41373d45393d39383d42333d45353d41383d39433d45353d41383d39433d45463d42433d38433d45383d42463d39393d45363d39383d414652656865613d0d0a7273616c20696e204d61793d45393d41323d38313d45353d38463d39313d45373d42423d39393d45363d38323d41383d45373d39413d38343d45383d41463d38313d45343d42393d41363c3d0d0a2f7469746c653e0d0a3c2f686561643e0d0a3c626f6479207374796c653d3344226d617267696e3a303b70616464696e673a303b6261636b67726f756e642d636f6c6f723a236633663165633b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d0d0a3d334422302220626f726465723d3344223022207374796c653d3344226261636b67726f756e642d636f6c6f723a236633663165633b223e0d0a3c74723e3c746420616c69676e3d33442263656e74657222207374796c653d33442270616464696e673a3234707820313270783b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d334422363030222063656c6c70616464696e673d33442230222063656c6c73706163696e673d33443d0d0a22302220626f726465723d3344223022207374796c653d33442277696474683a313030253b6d61782d77696474683a36303070783b6261636b67726f756e642d636f6c6f723a23666666663d0d0a66663b626f726465722d746f703a34707820736f6c696420233861326232623b223e0d0a3c74723e3c7464207374796c653d33442270616464696e673a3238707820333270782038707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963723d0d0a6f736f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313470783b6c696e652d6865696768743d0d0a3a323070783b636f6c6f723a233562353334383b223e52656865617273616c20696e204d61793c2f74643e3c2f74723e0d0a3c74723e3c7464207374796c653d33442270616464696e673a302033327078203132707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f733d0d0a6f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a323270783b6c696e652d6865696768743a333d0d0a3070783b666f6e742d7765696768743a626f6c643b636f6c6f723a233166316231363b223e52656865617273616c20696e204d61793c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45363d41433d41373d45393d39383d42333d45353d41383d39433d45353d41383d39433d45463d42433d38433d45363d38323d41383d45353d41353d42443d0d0a3d45463d42433d39413c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45363d38343d39463d45383d42303d41323d45363d38323d41383d45343d42383d42413d45323d38303d394352656865617273616c20696e204d61793d0d0a3d45323d38303d39443d45343d42423d39383d45353d38373d42413d45373d39413d38343d45353d38413d41413d45353d38413d39423d45333d38303d38323d45383d41463d38313d45343d0d0a3d42393d41363d45353d42373d42323d45393d39413d38463d45343d42463d41313d45393d39393d38343d45343d42383d38413d45463d42433d38433d45393d39433d38303d45383d41363d0d0a3d38313d45363d39373d42363d45343d42393d39463d45353d38463d41463d45343d42423d41353d45393d39413d38463d45363d39373d42363d45393d38373d38443d45363d39363d42303d0d0a3d45343d42383d38423d45383d42443d42443d45333d38303d38323c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222063656c6c70616464696e673d33442230222063656c6c73706163696e673d334422302220626f726465723d3344223d0d0a3022207374796c653d3344226d617267696e3a38707820303b223e3c74723e3c746420616c69676e3d33442263656e74657222206267636f6c6f723d3344222338613262326222207374793d0d0a6c653d3344226261636b67726f756e642d636f6c6f723a233861326232623b626f726465722d7261646975733a3670783b223e3c6120687265663d334422687474703a2f2f3132372e302e3d0d0a302e313a383030302f6365727469666963617465732f6a37374f5a6f6468476f4347636f703669472d324b412e6a706722207374796c653d334422646973706c61793a696e6c696e652d623d0d0a6c6f636b3b70616464696e673a3133707820323870783b666f6e742d73697a653a313770783b6c696e652d6865696768743a323270783b666f6e742d7765696768743a626f6c643b636f6c3d0d0a6f723a236666666666663b746578742d6465636f726174696f6e3a6e6f6e653b223e3d45343d42383d38423d45383d42443d42443d45363d38383d39313d45373d39413d38343d45383d0d0a3d41463d38313d45343d42393d41363c2f613e3c2f74643e3c2f74723e3c2f7461626c653e0d0a3c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45383d41463d38313d45343d42393d41363d45373d42433d39363d45353d38463d42373d45463d42433d3941323032362d3030303030323d45333d38303d0d0a3d38323d45343d42423d42423d45343d42443d39353d45343d42413d42413d45393d38333d42443d45353d38463d41463d45343d42423d41353d45353d39433d41383d45383d42463d39393d0d0a3d45393d38373d38433d45363d39463d41353d45393d41413d38433d45383d41463d38313d45343d42393d41363d45463d42433d39413c6120687265663d334422687474703a2f2f3132373d0d0a2e302e302e313a383030302f7665726966792f6a37374f5a6f6468476f4347636f703669472d324b4122207374796c653d334422636f6c6f723a233861326232623b776f72642d627265613d0d0a6b3a627265616b2d616c6c3b223e687474703a2f2f3132372e302e302e313a383030302f7665726966792f6a37374f5a6f6468476f4347636f703669472d324b413c2f613e3c2f74643e3c3d0d0a2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45353d41373d39333d45353d39303d38443d45353d38363d39393d45393d39343d39393d45343d42413d38363d45353d39303d39373d45463d42433d39463d0d0a3d45363d38323d41383d45353d38463d41463d45343d42423d41353d45353d39433d41383d45383d38373d41413d45353d42373d42313d45373d39413d38343d45393d41313d42353d45393d0d0a3d39443d41323d45343d42383d38413d45363d39423d42343d45363d41443d41333d45463d42433d39413c6120687265663d334422687474703a2f2f3132372e302e302e313a383030302f3d0d0a63657274696669636174653f746f6b656e3d33444a595f4b6c52594463767a326661554a6d436e564b4847707a693635443472454c7a426b33636b654c366722207374796c653d334422633d0d0a6f6c6f723a233861326232623b776f72642d627265616b3a627265616b2d616c6c3b223e687474703a2f2f3132372e302e302e313a383030302f63657274696669636174653f746f6b656e3d0d0a3d33444a595f4b6c52594463767a326661554a6d436e564b4847707a693635443472454c7a426b33636b654c36673c2f613e3c2f74643e3c2f74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a38707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d6963726f736f667420596148653d0d0a69272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313670783b6c696e652d6865696768743a323670783b636f6c6f3d0d0a723a233166316231363b223e3d45383d42303d41383d45383d38373d42343d45383d42303d41323d45363d38343d38463c62723e52656865617273616c20696e204d61793c2f74643e3c2f3d0d0a74723e0d0a0d0a3c74723e3c7464207374796c653d33442270616464696e673a323070782033327078203238707820333270783b666f6e742d66616d696c793a2750696e6746616e67205343272c274d69633d0d0a726f736f6674205961486569272c274e6f746f2053616e7320434a4b205343272c417269616c2c73616e732d73657269663b666f6e742d73697a653a313370783b6c696e652d68656967683d0d0a743a323070783b636f6c6f723a233562353334383b223e0d0a3c7461626c6520726f6c653d33442270726573656e746174696f6e222077696474683d33442231303025222063656c6c70616464696e673d33442230222063656c6c73706163696e673d0d0a3d334422302220626f726465723d33442230223e3c74723e3c7464207374796c653d334422626f726465722d746f703a31707820736f6c696420236439643463393b666f6e742d73697a653d0d0a3a303b6c696e652d6865696768743a303b6865696768743a313670783b223e266e6273703b3c2f74643e3c2f74723e3c2f7461626c653e0d0a52656865617273616c20696e204d61793c62723e3d45363d38323d41383d45363d39343d42363d45353d38383d42303d45383d42463d39393d45353d42303d38313d45393d38323d41453d0d0a3d45343d42423d42363d45463d42433d38433d45363d39383d41463d45353d39423d41303d45343d42383d42413d45363d38323d41383d45353d39433d413852656865617273616c20696e3d0d0a204d61793d45323d38303d394352656865617273616c20696e204d61793d45323d38303d39443d45373d39413d38343d45353d39303d38443d45353d38443d39353d45343d42383d38413d0d0a3d45333d38303d38320d0a3c2f74643e3c2f74723e0d0a3c2f7461626c653e0d0a3c2f74643e3c2f74723e0d0a3c2f7461626c653e0d0a3c2f626f64793e0d0a3c2f68746d6c3e0d0a2d2d3d5f616c7465726e61746976652d2d0d0a0d0a2d2d3d5f6d697865640d0a436f6e74656e742d547970653a20696d6167652f6a7065670d0a436f6e74656e742d5472616e736665722d456e636f64696e673a206261736536340d0a436f6e74656e742d446973706f736974696f6e3a206174746163686d656e743b0d0a2066696c656e616d652a3d7574662d3827272545362541432541372545392539382542332545352541382539432545352541382539432e6a70670d0a4d494d452d56657273696f6e3a20312e300d0a0d0a2f396a2f34414151536b5a4a5267414241514141415141424141442f3277424441414d434167494341674d434167494441774d44424159454241514542416747426755474351674b43676b490d0a43516b4b4441384d4367734f43776b4a4452454e44673851454245514367775345784951457738514542442f3277424441514d4441775144424167454241675143776b4c45424151454241510d0a45424151454241514542415145424151454241514542415145424151454241514542415145424151454241514542415145424151454241514542442f774141524341476f416c6744415245410d0a41684542417845422f38514148774141415155424151454241514541414141414141414141414543417751464267634943516f4c2f38514174524141416745444177494541775546424151410d0a414146394151494441415152425249684d5545474531466842794a7846444b426b61454949304b78775256533066416b4d324a7967676b4b4668635947526f6c4a69636f4b536f304e5459330d0a4f446b3651305246526b644953557054564656575631685a576d4e6b5a575a6e61476c7163335231646e643465587144684957476834694a69704b546c4a57576c35695a6d714b6a704b576d0d0a7036697071724b7a744c57327437693575734c44784d584778386a4a79744c54314e585731396a5a32754869342b546c3575666f3665727838765030396662332b506e362f385141487745410d0a417745424151454241514542415141414141414141414543417751464267634943516f4c2f385141745245414167454342415144424163464241514141514a334141454341784545425345780d0a42684a425551646863524d694d6f454946454b526f62484243534d7a55764156596e4c524368596b4e4f456c3852635947526f6d4a7967704b6a55324e7a67354f6b4e4552555a4853456c4b0d0a55315256566c64595756706a5a47566d5a326870616e4e3064585a3365486c36676f4f456859614869496d4b6b704f556c5a61586d4a6d616f714f6b7061616e714b6d7173724f30746261330d0a754c6d367773504578636248794d6e4b3074505531646258324e6e613475506b3565626e364f6e7138765030396662332b506e362f3930414241424c2f396f4144414d4241414952417845410d0a507744395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f412f3944395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3948395536414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f412f394c395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3950395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3954395536414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f412f3958395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3962395536414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3966390d0a5536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f412f3944395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3948395536414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f412f394c395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f412f3950395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3954395536414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f412f3958395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3962395536414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f396639553641430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f412f3944395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3948395536414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a2f394c395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f412f3950395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3954395536414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f412f3958395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3962395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3966395536414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41495465325976463038336349756d6a4d77670d0a4d6738776f44677346363479635a3655414c6358567461526d613775496f4978316552776f48346d67446b66485078523850654566687234742b492b6e337468724e76345430793976356f620d0a653954613873454c532b51306968746a4e6852304a47344842365541512f42443470572f78712b465868333470577567586d69772b494c5a72684c47375a576b6943794d6e336c345a5732620d0a6c5047565a53514477414475614150492f483337566e774d2b46586a6d342b486e784b385a723462315748543464546a4e3962534343357435475a513055696867784449774b6e42794467450d0a416b41476434472f62522f5a6d2b4a586a61782b4866676a346f5161707232706c31744c5a4e4e7649316c5a454c6b4357534659383756592f6535785142374e5a58396a7156716c397031350d0a426457306f4a536143514f6a444f4f474842356f4170334869667731615855646a646549644d68755a584563634d6c334772757836414b546b6e326f413036414f416234302b46452b4f492b0d0a414d6c72714b2b496e384f72346c6a6d4553746174616d5a6f5370634e7557514d75634d6f424444427a7851413758766a3938432f433178645766695034792b434e4e75624b5a37653474370d0a6e5837574f614b56446834326a4c3767366b4546635a42485367446c6276384162472f5a737476442b702b4b72663471615a714f6c364a635774767164787036535851732f74446c496e64590d0a314c655757473363415143526e7251426e4a2b33542b79664e724e6c6f4674385a644e754c33554c694f3174316773377556476c64677167794c455555456b63737741376d6744336967447a0d0a6a34612f486e774e3854625078706636613931706476344231792f30485770745445634d4d55746f543573797968796868326a64754a47423934436743767248375550374f476770763150340d0a362b42454f4d374939657470587836374563742b6c41474c7176375a58374e576952614865366e3855394f683037784842637a365a7149686d65306e3868396b7965617146556453526c57770d0a65526a4f525142642b472f375758375058786438582f384143422f446e346b57327336346265533657326a7372714d50476d4e785753534a5562476567596e484f4f4b4150584b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f3944395536414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41506a6e3974447742345a2b4966375233374f766862780d0a4c48654c5a61784c346c7437783743346b677548686a74594a565153522f50393464422f65493730416344727677532f595275663263664676375133675477473369492b48625336574e4e640d0a316e565138656f524d45573375596674434d684c7448387077634f704855554156766a563454384f2b4476325150446e6844344b66434744777834332b50353069316d3050546271576156310d0a57503756494e387a5a32714d497862473054486365436141505574442b4b2f3758486754774859614a34662f41474c644f3044772f774346744a6a746f7074562b4946693468746261494c750d0a645556574745544a343961415056763254666a5034312b5033776774666962343138453233686d54556232345454346265647045756252434657634277437558387863484f646d34634d42510d0a423570346c733947762f3841676f33424c72656d3239376261663841426c726b704c624366617936744a387971516374686942675a35774f74414650396a5851552b4d2f6a5478522b3262340d0a6a6974784c34676c6d3048776670714d6a66324e6f39764955495a56345361526c4a5963455a636a69584641486b66374f66374a7677672b4f336a6234345850784374645a6d6a3048346b360d0a767039705a5765707932747373506e4d63474e4d6335347a6e6f425142552f62652f5a412f5a372b433377323847616e384e7641523033564e59386336626f3978637961706558445357306b0d0a4e777a70746c6c5a526b787079414478316f412f5244562f454868767774617779362f726d6d36526275336b777665585563434d774764716c794154674534485955416644743138662f68310d0a34562f61312b4f58786f6b38596546727a2f684476424f6e364e6f647063363744626632303552627561433166356a492b2b4970386974683255484761414f552f61782b4b2f374e506a46500d0a684434303072774e61322f6950587647586837784c7264305043726d35764e4b43536934686135454f4c7661336c6f30617332346f754151425142353338577645666844787634632f612b380d0a562b4274456d307651356f504153575672507070734a4967733843502b345a564d594c49784841794344336f412b722f41425659326678762f616e38456643625237474666436677617437660d0a786a346c574b4d4c452b727a522f384145757479414d626c584d335442566e48555541665376694834672b412f435479772b4b50476d6836544c444635377858756f52517943506e446257590d0a484277636363344e414877682b796e2b307a384f50685a3849644675646531505164563148347366455455703962307550565933314853343774326a53356c74465633654c467341774f306b0d0a536f5633626743415a553378492f5a5a38486674737961706f6677306a67384d615434436b307534307254764130714d75736a556d5a70446165517033655556486e626359327275375541630d0a392b7a4a5a57557a2f735a6662725743574765392b494c794c4b675a573267344a42344f43422b56414830392b797a41506a4a38587669462b31644e422f784a6235762b454e38455a58412f0d0a7369306b506e334344737330366c6830494b79436744366e6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f412f2f522f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b4143674435652f614e4f663277663258452f36652f465a2f386b6265674435322f625338502b4466425037513974346273646631445476417678436c306e572f6976706c6c6246370d0a5730696931424568765a474845526d646947364863752f446c774b4150746d302b46636d742f4846506a443468754c4f6577384f3651756b6544624b334f354c5a5a3156727938626a416b6b0d0a2b5746517551493473354f2f4367486766374d4676712f375276776e2b4e58687a5850695271386d69617a38524e54303233553372584d39726f706547523757466e596d4a4a596e6b6942350d0a43686d5a526d67443742306652394c385036545a61446f6c68445a61647031764861326c744367574f474646436f6967644146414148745142386e2b4b76474f686542762b43684772654c660d0a453074784470576b2f426c48753534625753344e7647645a5147526b69566d324c76797a41454b75574f41435141557667683473384465486632327646506733344f2b4a744c3166775038410d0a4562776c48347a6c68306d36536530744e5853344d4d6a4a734a56433641753638484c706e376f4141504d66674e622f414c5639783856763267624c396e6e555068315a365976784d3163360d0a684c346f57364d776e4e7a4b46387279565962646f48555a7a5142512f617838502f745a577358777554342f654f2f417572364e642f4548536f3757783850576373627064596b41646e6b6a0d0a556c51686b474d395748705142392b2f456634632f4437346f654733384f6645767778702b753650464b7434594c314e7952795267346b42474370414c44495051734f68496f412f4d4336380d0a4f65467076324874523144776a345a306d48572f6a6238556d302f52496f4c64425062577632734747315167626b6a553276433950336f2f76436744336a397066346e326e687a346b2f42500d0a345061663848666956664c385066453976714d4564706f617972724d56685a6e797a70374c49566e3267686d47564b4148646767696744786a346e2b4c626e34692b412f32306648643334580d0a316677374a6533666753442b7a4e586845563562474b375349724b696b68572b52546a4a36696744366a2f61497370506744347a38492f746465457a396c744a4a62447737385172566549740d0a51307159704644644d4f6e6d774f55437431494b4c6b4b43434161482f4251627758384b523841764633785538586542394a3154784a704f6b66325670476f54776270376437715a5955326e0d0a7673615975756337546b6a4754514234394c384e7444307239706e396e4834542b4776443172636a345a65423566466d7344533459684a6433486b684563746c5665535334743453475a67500d0a336f4f5144514132322f615a6c6c2f616d2b49667853303334422f46712b62542f41396e34664e6a2f7741493649376e544d79535844535869744a69474e7475564f547543736363554163700d0a2b7a6462665a6b2f596433727a4c4e38516e4f65344c766a394d5541665250773273706632612f3270707667627062465068373855374b3838522b46374c507936567174754e393961776a740d0a45796676516f345835514239346b412b7161414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b41502f307631546f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a412b525032742f464f6c2b4476327066326366456d723331686157326d7234746d61532f766f374f446362434549727a536b4a487566616f5a6a6a4c436741306a576632554434463863615a0d0a38575032672f687872766958346f52794e3472314330312b316b56636f55677472583579797732793756697a383256336e444e6741454670386550426677692f5931585350683138596254340d0a6e2b4a7448675877626f6c31597069347574566e4c4a5a784c41475a73526f5156354f394944676b6d67446b664276772b7638412f676e6a4834473864586a5433586772784a7074746f66780d0a4b4d526156644e315a6e5a344e5355444a4d61744d397532414273564f437a4b4b4150756d7876724c55374b33314c5462754736744c754a4a344a345844787978734156645748444b5151510d0a5277516141506d5053414a762b436b2b76626743492f6844464751666656496a5142363734462f5a332b4333777a386361783852764158772b3033524e6631324532393763326d3955614d750d0a485a556933655845475a564c6246584a555a7a696744356a2f5a542b4c5077742b476e78582f61517376694638522f4450687161362b4a576f543238577261724261504d766e545a5a466b590d0a4667446745674767444a2f62612b505877563866366e3846394e384966464c777a724b36623852644e76384155577339526a6c5331746b624453794d4468554734354a4f4b4150765a5753520d0a4179734756686b454849494e414835702b4c2f42385366744236332b304e2b7a4e384b6f64643841664358556f377657744c67755a4573645931674b7933632b6d51494e676c7434796a466c0d0a473076474346624944414876766862346e2b436669782b314a70487847316656663747304c77336f5465482f4141704671385a746e75396676593462692f69557438717a77323732384452450d0a3769356b4368746a62514435753866742f623337506e3761486a6d4c3537625576694c593664424b4f6b69326d71323442422f335a5650343041665148375248374d33375148785138507a650d0a432f68393856494c6e77443433754c476258744838514d30732b6b6c4a3470326c734a38467a45576a422b7a73647134776d464f4641507062346f66384b357466687672722f466144545a660d0a423974594f2b71707155596b674e75677a38796e4f3573676263664e753237666d78514238466673764a346d2f5a793863572f786a3852664444564950686838565762533945767271346d750d0a3953384a36584649386c6d4c72646e5a6176466879656471524b786235634f41656c2b422f486668364c344b2f74412f4658584e5974375478763432307a5576464c6150636e7972323130590d0a324452364f70527346314d4952743635554e4b564a444b56414235393446384b43334837446e6879386b7537564e533058786249386c724f39764f69586468484c766a6b51683432327935560d0a3149494f4343445142375634622f5a7a2f61442f414f476b2f412f6a50346b2f457a54764676676e34625161744a6f462f4e454974586d61396745486b585952516b6a49417038306665325a0d0a497932414166567441425141554146414251415541464142514155414641425141554146414251415541464142514155414641425141554146414251415541464142514155414641482f2f540d0a2f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41436744795834732f737a660d0a4462343166454477623439386632736d706a776374354846704e7848464e7039366c776d3069654a314f5372425855676a6c526e5047414451742f325a7632636258486b66414c34644b52300d0a502f434c325250356d504e41484665417632586441732f69354e38595046486862777670523068354c66776e3465304b77696773394e69795239746e4b496e6e586b67373432784b64716c690d0a4e394148746e696277316f506a4c772f715068587852706347706154717475397065576b363553614a78686c502b4935427752673041654f2f7331664176346a66414335385165434c6e34680d0a7765496668736b676c384b5764334737616c7067596b7643386e4347495a77414d35507a414a6b7151433770487757385561662b317472767837754e563036585164563847512b48594c56530d0a34756f5a3075593543574733615549526a75445a79324e7647534165305541664e66684c39672f344e3662343838662b4f6648326b616234356c386161374e7264744871326d7157307a7a580d0a65535746573345534b586b4a423272674b427a316f41394374503257503261624c486b6641483466484851792b486253512f38416a364767447150472f674b44786c345348676932317655500d0a44326c53684c6536476a6c626561537a565344625279415a6756687455736d474367685370495941467a512f42656865442f423050676a774a59322f687a547247306131302b4f79685862610d0a5a4277367132517a426a754a624f34354c5a7961414f513162396e4c345461393849502b4649613534642b332b473968596d655174644e6446693758686d2b39396f61526e64704f705a327a0d0a77534b4150492f69392b794a486f663747506954396e5434416165397a6433733176654a2f616434697a333879337345386a53536b4b6e6d4659516f3456634b6f343630416655476d5153570d0a756d326c744d414a495949343277636a49554130416362342b2b45486833346f6133704e313435757272553943305a30756f6644726c525958463472457263584b675a6e32664c736a592b570d0a434378566a677141617678423841365438536644762f4349362f50634c6f317863777961686151734646394247322f374e49635a3870324368774d466c444c6e4447674468506a352b796a380d0a4850326a725853347669446f397a4664364d7757303144544a6862334b515a7931755732734769622b3652786b6c53704a4e4147423854506770346e314c34372f41447856344b306d796a380d0a492f44596178613330537a7247316e44505970444273526a6c31486c4b6d4679526b48474d6b41483042514155414641425141554146414251415541464142514155414641425141554146410d0a425141554146414251415541464142514155414641425141554146414251415541662f552f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f562f564f67416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b41502f572f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f582f564f67416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f512f564f670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b41502f522f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f532f564f67416f414b414367416f414b414367416f414b41430d0a67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a41502f542f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b41502f552f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f562f564f67416f414b414367416f414b410d0a4367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b41502f572f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f582f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f512f564f67416f414b0d0a414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b41502f522f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f532f564f67416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f540d0a2f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b41502f552f564f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b41502f562f564f67416f414b414367416f414b414f5738560d0a664550535042747a43757557476f7832556c7a6157736d6f6946526177535844744845475a6d4249336851785257322b596862417951415161503841457a5374636764724c524e614e3074760d0a595871575274304d386c72654d797754345679714954484c6e65564b2b553234446a49412f77414d664576516646347459394674622b53356d5756376d32614e424a597248635357376d63370d0a74672f665154494e724e763874796d35564a41424c34752b49656865444a586a315347376c467670382b72586a3236497932646c43794353655863774f30623834554d7843506854744e41470d0a64726e7868384a65485a37784e54532b53327337716254786472476a525433735672397061326a416265306e6c6838664b464c49793774777751437733784f306a7a547038576b61704c71360d0a366a4c706a365569776d3553644c59585279664d387662354c784f4733342f656f76336a69674346506a42345075425a334e6b31356436666551365a4e39766869426869476f7474733159450d0a69546449785142565269504d517467484e414770345a386357486962564e5230524e4c315054722f41453233744c756133766f6c527a4263713569634257624754464b7056734d70513555410d0a676b41364f67416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f414b414367416f414b414b32703379365a70397a714457317a6369336961547962614979797959476471494f575939414b414f466d0d0a2b4e2f6853326b31653375744f31614766773739716b316d4a6f346964506774316865536551695171553875346a6b47777378586438753557554147747258784c304877337245576c362f610d0a332b6e573037334d61616c63784c4861466f4c55334d6e7a46742b30524a4b642b335a6d4a78757a6745415045586a7135306e7733623676706e686939764e5231473568744e4d307534644c0d0a616136615268387833452b557170766b62654179716a4172757770414a74483864526138386f3033773971636977693851735a4c56643031746347336b68436d62667538785a4147322b582b0d0a37507a6a4b3767436e70667853305856744f3842617461365671677450694848472b6d794f6b512b7a6d53776c766c5763655a6c53596f4a423867636267426e427a5142517550693362516d0d0a52307339505a592f454d506838774e715957374c76664a6165594964682b554d2b2f47374f30554162747a3437302b793855574868613830725649483153356d733753386b6756626561654b0d0a332b304d696b74764938745a4348323743593347374f4151426c7a3851644a6938453674342f74724f38756448307a54353953696d5255483236434b4e6e4c51426d424b73462b566d3268670d0a51774a556871414a6f2f46374878565965464c6e7737714e704e71466864333863307a77474d4a6276626f796e5a4978795463706a6a7361414f696f414b414367416f414b414367442f2f570d0a2f564f67416f414b414367416f414b41505066486e68547858347731794854353945305338384d70627447476d31696133755970706c654b5766795261756b6a4a453545594d696a637a6b380d0a374751417a724c774e385274467339513162533564456b312b3630505276447941337373454968733375476b75424a35456853567674636d784447367155516b746b6967444a742f676e71720d0a366a427141306a772f6f374366515a6f7a61337374314e70713662646d52346f4a6e676a65525a345145626473775a5a74336d426947414e6a7874384a396538516e57343758784b313676690d0a587737652b4737325855664c52375747636a593849676856583242357a74664259737558414641475834792b4232722b4a3470394b74395473726578673852585869725435575a326c46334a0d0a5a79524a44496d33486c696161535173477a74565632386c71414e654c34622b4a4c5478544e38514c56394d62574c6e57626e554a4c4a376d515734686b3032337378474a5248754c5a73340d0a4a43664c2f6964665271414d6e545067647133682f52624877787065705756315951786547486e6d6e64347054506f37784f4e716857473262374e41703542544c743833433041646c384f740d0a49385861614e547576476569364a61366c71557958567a64366471733134626d5862744b6c5a4c6148796f3056555646426267484a33626d5941374b67416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414b4f75747261614e6574346168735a645645442f41474e4c36563437637a592b587a475257594c6e72685361415049726e3450654c4e56306a576247657a30540d0a544a2f456567332f414965314f5350565a727870426450764e39764e7446756c3353334a4d57304b663359444b6f326741302f6942385076472f6a323831765437335376446f303235734a640d0a50306d38665670326c74593252575976612f5a646a6d575645522f3333455141586e6548414c6c6c38486f627654746430375637684e4e73395838525775757861667051696543314543325a0d0a454938364842523572507a6e436f6f4a6d66716373514362346166447a555042656e336479726d4f38625574616c537a614f7a69696e696e31476157426e6b69684d692f75325267413242760d0a494b3541436747546f4877353864614c34522b446d695451614a4e63664430322f774461706a314358624d4974487562442f52795942764a6134563850734746497a336f41733668344131610d0a50777a703174623666653347703376697530317939575055534c657a542b316b765a647974497175456a55786a59684c4d464f305a4a4142716168346138593635347976726e574e4930582b0d0a7833744a394e302b2b6831696237585a515378447a4a46747a6262444d386755452b64674971376564346341354f322b446576364e38502f4142706f396c5a365174357258676933384f572b0d0a6e3663336c32397a6551573932687557334b696f383332694e446b484377706c3241415541374379384a583974385364493852512b4639483036787464453153796e6d735a67574d733039690d0a38616c664c516b4551536e4979426a6e47526b41377567416f414b414367416f414b41502f3966395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3944395536414367416f410d0a4b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f412f3948395536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f394c395536414367416f414b414367416f414b414367416f414b414367416f0d0a414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f412f3950390d0a5536414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367410d0a6f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b414367416f414b4143670d0a416f414b414367416f414b414367416f414b414367416f412f396b3d0d0a0d0a2d2d3d5f6d697865642d2d0d0a');


--
-- Data for Name: volunteer; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.volunteer VALUES (1, 2, 'M6C7EWbl0GRZZnOCz1HZO4ddFnsRA9yuE6OITkyNRyBv_M0jbIOTqxg_9tPaC7Ndh2RG0lnbwyB_vjM=', '王小明', 'an@example.org', 'an@example.org', '2026-000001', 1, '{"\u5c97\u4f4d": "\u5f15\u5bfc"}', NULL, '', '2026-11-25 18:20:43.671309+00', NULL);
INSERT INTO public.volunteer VALUES (3, 2, 'TEdiTru_zLwPg7yXtoha4hBqMHSck0TrgUHv1UyiahYU8mWOPXMrecunVeGXq3dJYcAJXWSjJinnK6g=', '', 'ci@example.org', 'ci@example.org', '2026-000003', 1, '{"\u5c97\u4f4d": ""}', NULL, '', '2026-11-25 18:20:43.671314+00', NULL);
INSERT INTO public.volunteer VALUES (2, 2, 'XuPHcONABPlgaSGf3Xm-XdKtmCQZU5lnSVHDS7eswrHsfJjh4UgW345Sg1vEETVVNW2SIySi5SAe3UA=', '欧阳娜娜', 'bo@example.org', 'bo@example.org', '2026-000002', 4, '{"\u5c97\u4f4d": ""}', NULL, '', '2026-11-25 18:20:43.671313+00', '2026-11-25 18:20:44.030301+00');
INSERT INTO public.volunteer VALUES (8, 3, 'dj99gz19S0elJac-Z0H1r-un0uEv1MjO9oJMVLXA1-r-GiCXZRImn8al8bCNuZP5tdihhGfDBBavDyc=', '', 'refused@example.org', 'refused@example.org', '2026-000004', 0, '{}', 'refused_address', '5.1.1 User unknown', '2026-11-25 18:20:45.104553+00', NULL);
INSERT INTO public.volunteer VALUES (10, 3, '_ogVNsscLosjt85ax2fIeLOzvKGYb-84727ly5-uYGKTLexS_lUofIQ62kc8Q9waNI6_CDQl7zZ7sG0=', '', 'lost@example.org', 'lost@example.org', '2026-000006', 0, '{}', 'unknown_outcome', 'Connection unexpectedly closed', '2026-11-25 18:20:45.104554+00', NULL);
INSERT INTO public.volunteer VALUES (4, 3, '0G7LE5w-7uZd1zb1n4fgvZO9wtrOb3vlrfG1Jp5JZv_-1mFdHiz36DFws4AkFnYgTe_98jIVfOC59MU=', 'Ana María Núñez', 'ana@example.org', 'ana@example.org', 'HR-7', 4, '{"task": "water"}', NULL, '', '2026-11-25 18:20:45.104547+00', '2026-11-25 18:20:45.417069+00');
INSERT INTO public.volunteer VALUES (5, 3, '7vlPDhnmVrt9d_DpTnCOm826GHL5qtGFgaojqppsm7K0VLB9O_JVNaYQsR9lmfkAuUX6_UCBYUPOTMg=', 'Maximiliane Alexandra von und zu Hohenstein-W.', 'bo@example.org', 'bo@example.org', '2026-000001', 4, '{"task": "finish"}', NULL, '', '2026-11-25 18:20:45.104551+00', '2026-11-25 18:20:46.44398+00');
INSERT INTO public.volunteer VALUES (6, 3, 'JoKBccDozo3qowTWqlsguohLxbVijhFT__DyNUUrVCMdm5KXS55pIRVF0wCKLvXdmTrstELApPj46rQ=', '王小明 of the Harbour', 'cy@example.org', 'cy@example.org', '2026-000002', 4, '{}', NULL, '', '2026-11-25 18:20:45.104552+00', '2026-11-25 18:20:48.572279+00');
INSERT INTO public.volunteer VALUES (7, 3, 'v5aFqf2dkuKINxCOFP8JwRgv4d5OUosiXGv-4Z1pnPnr7sUQrHe3A7V1XP8Wu8dvhnvcwyLADTSgg3k=', 'Dee ณัฐวุฒิ', 'dee@example.org', 'dee@example.org', '2026-000003', 4, '{}', NULL, '', '2026-11-25 18:20:45.104553+00', '2026-11-25 18:20:49.614308+00');
INSERT INTO public.volunteer VALUES (13, 4, 'ZSBdL1y_GrM3-pLQ-Jf4e3S02vPCkujzqzO5srObY6nsdgkUr5Pt02-SEvffBmXlxZj5ZX2O9-0XEZg=', '', 'fin@example.org', 'fin@example.org', '2026-000002', 1, '{}', NULL, '', '2026-11-25 18:20:50.819335+00', NULL);
INSERT INTO public.volunteer VALUES (12, 4, '6oqky8IV3VFS8g12LTeYhEOZVBj0y6Yu7WZlkW7xCpq6BBPXAWzQqQkErgwBVdYW6x2XOi5780CvFqY=', '', 'eva@example.org', 'eva@example.org', '2026-000001', 1, '{}', NULL, '', '2026-11-25 18:20:50.819329+00', NULL);
INSERT INTO public.volunteer VALUES (9, 3, 'mNT3qgasZOGhVNmy0R8vIheWJnzQH0tDHR9zqcIy-AjCgQ2iEgQztePM1VwtBTfGsd5RoD3DdD3lAcY=', 'Grey Ghost', 'grey@example.org', 'grey@example.org', '2026-000005', 3, '{}', NULL, '', '2026-11-25 18:20:45.104553+00', '2026-11-25 18:20:51.200144+00');
INSERT INTO public.volunteer VALUES (14, 3, 'W1Ba3d6Kws12esE_cKMphtCy0yQlGy7s5kBPiJ0QYa0BQ-fXgi4DC-NOHHshozkfrsHPQ4Plfrl0Xnc=', '', 'later0@example.org', 'later0@example.org', '2026-000008', 0, '{}', NULL, '', '2026-11-25 18:20:52.164091+00', NULL);
INSERT INTO public.volunteer VALUES (15, 3, '7uyAlD3T3QcNyOF1k_Nsuz6LWAfjC6InmE-sgsyn9dxMkobJajqJK-D1gz5UjxXsXMY-Kv6qopx7i7g=', '', 'later1@example.org', 'later1@example.org', '2026-000009', 0, '{}', NULL, '', '2026-11-25 18:20:52.164095+00', NULL);
INSERT INTO public.volunteer VALUES (16, 3, 'O26lxWi3u5099bckLdh1uSX5Ka_9ReK4D9o_SH-qcIF4lFgemi9RGZ2HmbDalgK5Gwy1ksN5fBzdP20=', '', 'later2@example.org', 'later2@example.org', '2026-000010', 0, '{}', NULL, '', '2026-11-25 18:20:52.164096+00', NULL);
INSERT INTO public.volunteer VALUES (17, 3, 'DI7i2ofQJGyYMEL1NuOb_WaM4Cya_2r_ySsnnDPkz2BeFjCvzC7Y6fNyCV06o_YIy4BmqCz1thVB_4Q=', '', 'later3@example.org', 'later3@example.org', '2026-000011', 0, '{}', NULL, '', '2026-11-25 18:20:52.164097+00', NULL);
INSERT INTO public.volunteer VALUES (18, 3, 'hJ20LuzyydCSQbk4x1ojlxiYr_5kkyEgStYFpmaow0jZbibelEoaPnfX9JN8x0xJHABLiANHmABbDBI=', '', 'later4@example.org', 'later4@example.org', '2026-000012', 0, '{}', NULL, '', '2026-11-25 18:20:52.164097+00', NULL);
INSERT INTO public.volunteer VALUES (19, 3, 'ixG_apjpJ_Tvo33ZLDQB0Wp248SuUMUZphwgMgwDp8Bx-7TIIcm7FayxlM2_CwzcqgS22UwK1Y4QOQ8=', '', 'later5@example.org', 'later5@example.org', '2026-000013', 0, '{}', NULL, '', '2026-11-25 18:20:52.164098+00', NULL);
INSERT INTO public.volunteer VALUES (20, 3, 'nAFghYHtY_JhgrxA-ROYTbCDfN9oMVEEUT8DOBNEmRFQ-fE1nOJ0Wne5PICxzrwdPB5-yiMHEWzafLg=', '', 'later6@example.org', 'later6@example.org', '2026-000014', 0, '{}', NULL, '', '2026-11-25 18:20:52.164098+00', NULL);
INSERT INTO public.volunteer VALUES (21, 3, 'fC4-VUiY5b7177kUN8uXB2wUfqj_OTMshy_GCCv8LnR4MW8yLfieQ6uFyKH5sRkwkURjrEJiSby2LLo=', '', 'later7@example.org', 'later7@example.org', '2026-000015', 0, '{}', NULL, '', '2026-11-25 18:20:52.164099+00', NULL);
INSERT INTO public.volunteer VALUES (22, 3, NULL, '', 'new@example.org', 'new@example.org', '2026-000016', 0, '{}', NULL, '', '2026-11-25 18:20:52.248492+00', NULL);
INSERT INTO public.volunteer VALUES (11, 3, 'MV6wH-foYwRl9eX1CXWscxMRMpswAI03FVIHWNe5uVABU_Kig5XwTlaGkZQdgrnKZ5_6cnkDJZpzmxc=', 'Quiet Quinn', 'quiet@example.org', 'quiet@example.org', '2026-000007', 2, '{}', NULL, '', '2026-11-25 18:20:45.104554+00', '2026-11-25 18:20:52.340145+00');


--
-- Data for Name: worker; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: attempt_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.attempt_id_seq', 21, true);


--
-- Name: certificate_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.certificate_id_seq', 8, true);


--
-- Name: design_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.design_id_seq', 4, true);


--
-- Name: event_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.event_id_seq', 5, true);


--
-- Name: mail_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.mail_id_seq', 31, true);


--
-- Name: owner_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.owner_id_seq', 1, false);


--
-- Name: rehearsal_mail_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.rehearsal_mail_id_seq', 4, true);


--
-- Name: volunteer_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.volunteer_id_seq', 22, true);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: attempt pk_attempt; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT pk_attempt PRIMARY KEY (id);


--
-- Name: certificate pk_certificate; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate
    ADD CONSTRAINT pk_certificate PRIMARY KEY (id);


--
-- Name: design pk_design; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design
    ADD CONSTRAINT pk_design PRIMARY KEY (id);


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
-- Name: font_file pk_font_file; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.font_file
    ADD CONSTRAINT pk_font_file PRIMARY KEY (sha256);


--
-- Name: mail pk_mail; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT pk_mail PRIMARY KEY (id);


--
-- Name: mail_account pk_mail_account; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_account
    ADD CONSTRAINT pk_mail_account PRIMARY KEY (event_id);


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
-- Name: design uq_design_event_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.design
    ADD CONSTRAINT uq_design_event_id UNIQUE (event_id, version);


--
-- Name: event uq_event_organizer_token_hash; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT uq_event_organizer_token_hash UNIQUE (organizer_token_hash);


--
-- Name: mail uq_mail_volunteer_id; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT uq_mail_volunteer_id UNIQUE (volunteer_id, kind, version);


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
-- Name: ix_attempt_account_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_attempt_account_at ON public.attempt USING btree (account, at);


--
-- Name: ix_attempt_mail_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_attempt_mail_id ON public.attempt USING btree (mail_id);


--
-- Name: ix_certificate_event_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_certificate_event_id ON public.certificate USING btree (event_id);


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

CREATE INDEX ix_mail_next ON public.mail USING btree (event_id, urgent, due_at, id) WHERE ((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying])::text[]));


--
-- Name: ix_mail_open; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mail_open ON public.mail USING btree (event_id, due_at) WHERE ((state)::text = ANY ((ARRAY['queued'::character varying, 'sending'::character varying])::text[]));


--
-- Name: ix_rehearsal_mail_event_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_rehearsal_mail_event_id ON public.rehearsal_mail USING btree (event_id);


--
-- Name: ix_volunteer_event_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_volunteer_event_status ON public.volunteer USING btree (event_id, status);


--
-- Name: attempt fk_attempt_mail_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT fk_attempt_mail_id FOREIGN KEY (mail_id) REFERENCES public.mail(id);


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
-- Name: mail_account fk_mail_account_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mail_account
    ADD CONSTRAINT fk_mail_account_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


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
-- Name: volunteer fk_volunteer_event_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT fk_volunteer_event_id FOREIGN KEY (event_id) REFERENCES public.event(id);


--
-- PostgreSQL database dump complete
--


