-- Search (docs/decisions/010). Letters as search compares them: app/features/forum/search/normal.ts does the same, step
-- by step and class by class, and a test holds the two together. Its comments say what each step is for.
CREATE FUNCTION search_normal(txt text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	t text := normalize(lower(normalize(txt, NFKC) COLLATE "und-x-icu"), NFD);
BEGIN
	IF t ~ '[^\u0001-\u007f]' THEN
		t := regexp_replace(t, '([a-z\u00df-\u02af\u0370-\u03ff\u1e00-\u1fff])[\u0300-\u036f]+', '\1', 'g');
		t := regexp_replace(t, '([аеиоуъыэюяі])[\u0300\u0301]+', '\1', 'g');
		t := regexp_replace(t, '[\u00ad\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200d-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufeff]', '', 'g');
		t := translate(normalize(t, NFC),
			U&'\03C2\0131\00F8\0111\0142\0127\0167\00F0\014B\025B\0254\0272\0253\0257\01B4\0451\0671\0649\06CC\06A9\06AA\0629\06C1\06BE\06C3\06D5\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9',
			U&'\03C3iodlhtdneonbdy\0435\0627\064A\064A\0643\0643\0647\0647\0647\0647\064701234567890123456789');
		-- Georgian capitals, which older ICU does not know.
		t := translate(t, U&'\1C90\1C91\1C92\1C93\1C94\1C95\1C96\1C97\1C98\1C99\1C9A\1C9B\1C9C\1C9D\1C9E\1C9F\1CA0\1CA1\1CA2\1CA3\1CA4\1CA5\1CA6\1CA7\1CA8\1CA9\1CAA\1CAB\1CAC\1CAD\1CAE\1CAF\1CB0\1CB1\1CB2\1CB3\1CB4\1CB5\1CB6\1CB7\1CB8\1CB9\1CBA\1CBD\1CBE\1CBF',
			U&'\10D0\10D1\10D2\10D3\10D4\10D5\10D6\10D7\10D8\10D9\10DA\10DB\10DC\10DD\10DE\10DF\10E0\10E1\10E2\10E3\10E4\10E5\10E6\10E7\10E8\10E9\10EA\10EB\10EC\10ED\10EE\10EF\10F0\10F1\10F2\10F3\10F4\10F5\10F6\10F7\10F8\10F9\10FA\10FD\10FE\10FF');
		t := replace(replace(replace(replace(t, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
		t := regexp_replace(t, '([\u0400-\u04ff])[''\u2018\u2019\u02bc`]+(?=[\u0400-\u04ff])', '\1', 'g');
	END IF;
	t := regexp_replace(t, '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff\u037e\u0387\u055a-\u055f\u0589\u058a\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u0964\u0965\u0970\u10fb\u1360-\u1368\u2000-\u20cf\u2100-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u302a-\u3030\u303d\u30fb\ue000-\uf8ff\ufe10-\ufe6f\uff01-\uff0f\ufff0-\uffff\U0001f000-\U0001faff]+', ' ', 'g');
	IF t ~ '[\u0e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]' THEN
		t := regexp_replace(t, '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u9fff\uf900-\ufaff\U00020000-\U000323af]+)', ' \1 ', 'g');
		t := regexp_replace(t, ' +', ' ', 'g');
	END IF;
	RETURN btrim(t);
END $$;
--> statement-breakpoint
-- The stemmer Postgres ships for a language; null where there is none.
CREATE FUNCTION search_stemmer(lang text) RETURNS regdictionary LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
	CASE lang
		WHEN 'ar' THEN 'arabic_stem'::regdictionary WHEN 'ary' THEN 'arabic_stem' WHEN 'de' THEN 'german_stem'
		WHEN 'el' THEN 'greek_stem' WHEN 'en' THEN 'english_stem' WHEN 'es' THEN 'spanish_stem'
		WHEN 'fr' THEN 'french_stem' WHEN 'hi' THEN 'hindi_stem' WHEN 'it' THEN 'italian_stem'
		WHEN 'lt' THEN 'lithuanian_stem' WHEN 'ne' THEN 'nepali_stem' WHEN 'nl' THEN 'dutch_stem'
		WHEN 'pt' THEN 'portuguese_stem' WHEN 'ro' THEN 'romanian_stem' WHEN 'ru' THEN 'russian_stem'
		WHEN 'sr' THEN 'serbian_stem' WHEN 'sv' THEN 'swedish_stem' WHEN 'ta' THEN 'tamil_stem'
		WHEN 'tr' THEN 'turkish_stem'
	END;
--> statement-breakpoint
-- What is left of an Arabic word without what is set before and behind it and without long vowels, which plurals change
-- inside the word (مدرسة, مدارس). Null where less than two letters are left.
CREATE FUNCTION search_skeleton(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
	SELECT CASE WHEN length(bones) >= 2 THEN bones END
	FROM regexp_replace(word, '^[وف]?(?:[بك]?ال|لل)(?=..)', '') AS bare,
		regexp_replace(bare, '(?<=..)(?:ات|ون|ين|ان|يه|تها|ته|تي|ها|هم|نا|ه|ي)$', '') AS inner_word,
		regexp_replace(regexp_replace(inner_word, '[اويء]', '', 'g'), '(.)\1', '\1', 'g') AS bones
);
--> statement-breakpoint
-- Whether a word of search_normal's letters belongs to a script without spaces.
CREATE FUNCTION search_is_unspaced(word text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
	ascii(word) >= 3584 AND (ascii(word) NOT BETWEEN 3840 AND 4095 AND ascii(word) NOT BETWEEN 4256 AND 6015
		AND ascii(word) NOT BETWEEN 6144 AND 12292 AND ascii(word) NOT BETWEEN 40960 AND 63743
		AND ascii(word) NOT BETWEEN 64256 AND 131071);
--> statement-breakpoint
-- What a document with these words (of search_normal's letters) is found by:
--   work    the word itself; of scripts without spaces each sign and each pair of neighbours
--   work~   its stem, where Postgres has a stemmer; in Arabic also without a leading "and", which the stemmer keeps
--   wor*    its beginnings of three to six letters, where there is no stemmer or a weak one; of a long word in Latin
--           letters those of five and six, since stemmers miss some endings without their accent (habitación)
--   عمل^    its skeleton
-- The marks keep them apart: they stand between words and so are in none. Equal beginnings instead of a search by
-- prefix: a prefix of many words would be looked up in the whole index, a word is looked up in one bucket.
CREATE FUNCTION search_lexemes(words text[], lang text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	stemmer regdictionary := search_stemmer(lang);
	-- The letters whose stems are enough.
	lowest int := CASE WHEN lang IN ('de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'sv') THEN 97
		WHEN lang = 'ru' THEN 1024 WHEN lang IN ('ar', 'ary') THEN 1536 ELSE 1 END;
	highest int := CASE lowest WHEN 97 THEN 591 WHEN 1024 THEN 1279 WHEN 1536 THEN 1791 ELSE 0 END;
	found text[] := '{}';
	word text;
	stem text;
	sign text;
	last_sign text;
	shortest int;
BEGIN
	FOREACH word IN ARRAY words LOOP
		CONTINUE WHEN word = '';
		IF ascii(word) >= 3584 AND search_is_unspaced(word) THEN
			last_sign := '';
			FOREACH sign IN ARRAY string_to_array(word, NULL) LOOP
				found := array_append(found, sign);
				IF last_sign <> '' THEN found := array_append(found, last_sign || sign); END IF;
				last_sign := sign;
			END LOOP;
			CONTINUE;
		END IF;
		word := left(word, 40);
		found := array_append(found, word);
		stem := (ts_lexize(stemmer, word))[1];
		IF stem IS NOT NULL THEN found := array_append(found, stem || '~'); END IF;
		shortest := CASE WHEN ascii(word) NOT BETWEEN lowest AND highest THEN 3 WHEN lowest = 97 AND length(word) > 6 THEN 5 ELSE 7 END;
		FOR n IN shortest..least(6, length(word)) LOOP
			found := array_append(found, left(word, n) || '*');
		END LOOP;
		IF lowest = 1536 AND ascii(word) BETWEEN lowest AND highest THEN
			found := array_append(found, coalesce(search_skeleton(word) || '^', word));
			IF word LIKE 'و___%' THEN
				found := found || ARRAY[substr(word, 2), coalesce((ts_lexize(stemmer, substr(word, 2)))[1] || '~', word)];
			END IF;
		END IF;
	END LOOP;
	RETURN found;
END $$;
--> statement-breakpoint
-- The same from the other side: what a word that is looked for may be found by. Which language it is in is not known,
-- so every stemmer has its say; of its beginnings the one that leaves out two letters counts, and where words are built
-- from many endings also the one that leaves out three.
CREATE FUNCTION search_alternatives(word text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
	beginning text := left(word, least(6, greatest(3, length(word) - 2)));
	forms text[] := CASE WHEN word LIKE 'و___%' THEN ARRAY[word, substr(word, 2)] ELSE ARRAY[word] END;
	found text[];
BEGIN
	IF search_is_unspaced(word) THEN
		RETURN ARRAY(SELECT DISTINCT l FROM unnest(search_lexemes(ARRAY[word], '')) AS l
			WHERE length(l) = least(2, length(word)));
	END IF;
	found := forms || ARRAY(SELECT DISTINCT (ts_lexize(stemmer, form))[1] || '~'
		FROM unnest(forms) AS form, unnest('{arabic_stem,dutch_stem,english_stem,french_stem,german_stem,greek_stem,
			hindi_stem,italian_stem,lithuanian_stem,nepali_stem,portuguese_stem,romanian_stem,russian_stem,serbian_stem,
			spanish_stem,swedish_stem,tamil_stem,turkish_stem}'::regdictionary[]) AS stemmer);
	IF length(word) > 2 THEN found := found || ARRAY[beginning, beginning || '*']; END IF;
	IF length(word) > 6 AND ascii(word) > 591 THEN found := found || (left(word, least(6, length(word) - 3)) || '*'); END IF;
	IF word ~ '^[\u0600-\u06ff]' THEN found := found || (search_skeleton(word) || '^'); END IF;
	RETURN ARRAY(SELECT DISTINCT l FROM unnest(found) AS l WHERE l IS NOT NULL);
END $$;
--> statement-breakpoint
-- One word as a query: as it stands, or in any of its forms. A run of signs is all its pairs.
CREATE FUNCTION search_query(word text, as_it_stands boolean) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT string_agg('''' || replace(l, '''', '''''') || '''', CASE WHEN search_is_unspaced(word) THEN '&' ELSE '|' END)::tsquery
	FROM unnest(CASE WHEN as_it_stands AND NOT search_is_unspaced(word) THEN ARRAY[word] ELSE search_alternatives(word) END) AS l
$$;
--> statement-breakpoint
-- Words that say nothing in one of these languages ("the", "per", "من").
CREATE FUNCTION search_says_nothing(word text, langs text[]) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
	SELECT coalesce(bool_or(ts_lexize(search_stemmer(l), word) = '{}'), false) FROM unnest(langs) AS l
$$;
--> statement-breakpoint
-- What can be read now, and so found.
CREATE VIEW search_sources AS
SELECT t.id AS topic_id, p.id AS post_id, NULL::uuid AS translation_id, t.space_id,
	CASE WHEN p.seq = 1 THEN 'question' ELSE 'answer' END AS kind, p.lang,
	CASE WHEN NOT p.aliased THEN p.author_id END AS author_id,
	array_remove(ARRAY[CASE WHEN t.alias IS NULL THEN t.author_id END, CASE WHEN NOT p.aliased THEN p.author_id END], NULL) AS people,
	p.created_at AS at, CASE WHEN p.seq = 1 THEN t.title END AS title, p.body
FROM posts p JOIN topics t ON t.id = p.topic_id
WHERE p.hidden_at IS NULL AND p.deleted_at IS NULL AND t.hidden_at IS NULL AND t.merged_into IS NULL
UNION ALL
SELECT t.id, p.id, r.id, t.space_id, 'translation', r.lang, r.author_id,
	array_remove(ARRAY[CASE WHEN t.alias IS NULL THEN t.author_id END, CASE WHEN NOT p.aliased THEN p.author_id END, r.author_id], NULL),
	r.published_at, r.title, r.body
FROM translations r JOIN posts p ON p.id = r.post_id JOIN topics t ON t.id = p.topic_id
WHERE r.hidden_at IS NULL AND p.hidden_at IS NULL AND p.deleted_at IS NULL AND t.hidden_at IS NULL AND t.merged_into IS NULL;
--> statement-breakpoint
-- The words of a text; what it quotes from others is theirs.
CREATE FUNCTION search_words(title text, body text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
	string_to_array(search_normal(coalesce(title || ' . ', '') || regexp_replace(body, '^\s*>.*$', '', 'gn')), ' ');
--> statement-breakpoint
-- Writes the documents of these posts anew. One that was there keeps its number.
CREATE FUNCTION search_refresh(changed uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM search_documents d WHERE d.post_id = ANY (changed) AND NOT EXISTS (
		-- The ids once more: without them the planner would read every post there is, and then compare.
		SELECT FROM search_sources s WHERE s.post_id = ANY (changed) AND s.post_id = d.post_id
			AND s.translation_id IS NOT DISTINCT FROM d.translation_id);
	INSERT INTO search_documents (topic_id, post_id, translation_id, space_id, kind, lang, author_id, people, at, title, tokens)
	SELECT s.topic_id, s.post_id, s.translation_id, s.space_id, s.kind, s.lang, s.author_id, s.people, s.at,
		search_normal(s.title), array_to_tsvector(search_lexemes(search_words(s.title, s.body), s.lang))
	FROM search_sources s WHERE s.post_id = ANY (changed) ORDER BY s.at
	ON CONFLICT (post_id, translation_id) DO UPDATE SET topic_id = excluded.topic_id, space_id = excluded.space_id,
		kind = excluded.kind, lang = excluded.lang, author_id = excluded.author_id, people = excluded.people,
		at = excluded.at, title = excluded.title, tokens = excluded.tokens;
END $$;
--> statement-breakpoint
-- Who stands behind the documents of a post or a whole topic, where only that changed.
CREATE FUNCTION search_refresh_people(topic uuid, post uuid) RETURNS void LANGUAGE sql AS $$
	UPDATE search_documents d SET author_id = s.author_id, people = s.people
	FROM search_sources s
	WHERE d.topic_id = topic AND s.topic_id = topic AND (post IS NULL OR d.post_id = post) AND s.post_id = d.post_id
		AND s.translation_id IS NOT DISTINCT FROM d.translation_id
		AND (s.author_id, s.people) IS DISTINCT FROM (d.author_id, d.people)
$$;
--> statement-breakpoint
CREATE FUNCTION search_follows_new_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM search_refresh(ARRAY(SELECT id FROM written));
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_follows_new_posts AFTER INSERT ON posts REFERENCING NEW TABLE AS written
	FOR EACH STATEMENT EXECUTE FUNCTION search_follows_new_posts();
--> statement-breakpoint
CREATE FUNCTION search_follows_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (NEW.body, NEW.lang, NEW.seq, NEW.topic_id, NEW.hidden_at, NEW.deleted_at)
		IS DISTINCT FROM (OLD.body, OLD.lang, OLD.seq, OLD.topic_id, OLD.hidden_at, OLD.deleted_at)
	THEN
		PERFORM search_refresh(ARRAY[NEW.id]);
	ELSE
		PERFORM search_refresh_people(NEW.topic_id, NEW.id);
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_follows_posts
	AFTER UPDATE OF body, lang, seq, topic_id, hidden_at, deleted_at, author_id, aliased ON posts
	FOR EACH ROW EXECUTE FUNCTION search_follows_posts();
--> statement-breakpoint
CREATE FUNCTION search_follows_translations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM search_refresh(ARRAY[NEW.post_id]);
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_follows_translations
	AFTER INSERT OR UPDATE OF title, body, lang, author_id, hidden_at ON translations
	FOR EACH ROW EXECUTE FUNCTION search_follows_translations();
--> statement-breakpoint
CREATE FUNCTION search_follows_topics() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (NEW.hidden_at IS NULL AND NEW.merged_into IS NULL) <> (OLD.hidden_at IS NULL AND OLD.merged_into IS NULL) THEN
		PERFORM search_refresh(ARRAY(SELECT id FROM posts WHERE topic_id = NEW.id ORDER BY seq));
		RETURN NULL;
	END IF;
	IF NEW.title <> OLD.title THEN
		PERFORM search_refresh(ARRAY(SELECT id FROM posts WHERE topic_id = NEW.id AND seq = 1));
	END IF;
	IF NEW.space_id <> OLD.space_id THEN
		UPDATE search_documents SET space_id = NEW.space_id WHERE topic_id = NEW.id;
	END IF;
	IF (NEW.author_id, NEW.alias) IS DISTINCT FROM (OLD.author_id, OLD.alias) THEN
		PERFORM search_refresh_people(NEW.id, NULL);
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_follows_topics
	AFTER UPDATE OF title, space_id, author_id, alias, hidden_at, merged_into ON topics
	FOR EACH ROW EXECUTE FUNCTION search_follows_topics();
--> statement-breakpoint
INSERT INTO search_documents (topic_id, post_id, translation_id, space_id, kind, lang, author_id, people, at, title, tokens)
SELECT topic_id, post_id, translation_id, space_id, kind, lang, author_id, people, at,
	search_normal(title), array_to_tsvector(search_lexemes(search_words(title, body), lang))
FROM search_sources ORDER BY at;
--> statement-breakpoint
-- Words together with what a search is narrowed by, so that a common word is read only where both are. Without the list
-- of pending entries, which every search would read from end to end.
CREATE INDEX search_documents_words ON search_documents USING gin (tokens, bucket, space_id, lang, author_id)
	WITH (fastupdate = off);
--> statement-breakpoint
CREATE INDEX search_documents_titles ON search_documents USING gin (title gin_trgm_ops) WITH (fastupdate = off)
	WHERE title IS NOT NULL;
--> statement-breakpoint
-- How often each word comes would be read for every plan, and takes longer than the search itself; the index knows it.
ALTER TABLE search_documents ALTER COLUMN tokens SET STATISTICS 0;
--> statement-breakpoint
-- Numbers of documents that match, five hundred at most and rather the newest: first the two newest buckets, which are
-- enough for a common word; then, for a rare one, the whole index; and where that is too much, bucket after bucket.
-- Planned for the values it is given, and through the indexes only: what narrows the search is then looked up as well.
CREATE FUNCTION search_matches(query tsquery, newest int, oldest int, spaces uuid[], blocked uuid[], of_space uuid, of_lang text, by_author uuid,
	of_kind text, since timestamptz) RETURNS bigint[] LANGUAGE plpgsql STABLE
	SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_indexscan = off SET jit = off AS $$
DECLARE
	at_most CONSTANT int := 500;
	enough CONSTANT int := 100;
	looked_at int := 0;
	part bigint[];
	found bigint[] := '{}';
BEGIN
	LOOP
		found := found || ARRAY(
			SELECT d.number FROM search_documents d
			WHERE d.tokens @@ query AND d.bucket = newest AND d.space_id = ANY (spaces) AND (blocked = '{}' OR NOT d.people && blocked)
				AND (of_space IS NULL OR d.space_id = of_space) AND (of_lang IS NULL OR d.lang = of_lang)
				AND (by_author IS NULL OR d.author_id = by_author) AND (of_kind IS NULL OR d.kind = of_kind)
				AND (since IS NULL OR d.at >= since)
			ORDER BY d.at DESC LIMIT at_most);
		EXIT WHEN newest IS NULL OR newest = oldest OR cardinality(found) >= enough;
		looked_at := looked_at + 1;
		IF looked_at = 2 THEN
			part := ARRAY(
				SELECT d.number FROM search_documents d
				WHERE d.tokens @@ query AND d.space_id = ANY (spaces) AND (blocked = '{}' OR NOT d.people && blocked)
					AND (of_space IS NULL OR d.space_id = of_space) AND (of_lang IS NULL OR d.lang = of_lang)
					AND (by_author IS NULL OR d.author_id = by_author) AND (of_kind IS NULL OR d.kind = of_kind)
					AND (since IS NULL OR d.at >= since)
				LIMIT at_most + 1);
			IF cardinality(part) <= at_most THEN RETURN part; END IF;
		END IF;
		newest := newest - 1;
	END LOOP;
	RETURN found;
END $$;
--> statement-breakpoint
-- The best document of each conversation that fits, the best first: most words as they stand, then in the title, then the
-- newest. Where none has every word, those that have some (or some pairs of a run of signs).
CREATE FUNCTION search_best(words text[], as_they_stand boolean[], without text[], hears text[], spaces uuid[], blocked uuid[],
	of_space uuid, of_lang text, by_author uuid, of_kind text, since timestamptz, skipped int, shown int)
	RETURNS TABLE (place int, number bigint, every boolean, further int) LANGUAGE plpgsql STABLE SET jit = off AS $$
DECLARE
	sought text[];
	forms tsquery[];
	exactly tsquery[];
	left_out text := coalesce((SELECT string_agg(' & !(' || search_query(w, true)::text || ')', '') FROM unnest(without) AS w), '');
	every_word tsquery;
	some_word tsquery;
	newest int := (SELECT d.number FROM search_documents d ORDER BY d.number DESC LIMIT 1) / 10000;
	oldest int := (SELECT d.number FROM search_documents d ORDER BY d.number LIMIT 1) / 10000;
	numbers bigint[];
	has_every boolean;
BEGIN
	SELECT array_agg(w), array_agg(search_query(w, stands)), array_agg(search_query(w, true)) INTO sought, forms, exactly
	FROM unnest(words, as_they_stand) AS u (w, stands) WHERE NOT search_says_nothing(w, hears);
	IF sought IS NULL THEN
		SELECT array_agg(w), array_agg(search_query(w, stands)), array_agg(search_query(w, true)) INTO sought, forms, exactly
		FROM unnest(words, as_they_stand) AS u (w, stands);
	END IF;
	SELECT (string_agg('(' || f::text || ')', ' & ') || left_out)::tsquery,
		('(' || string_agg('(' || replace(f::text, '&', '|') || ')', ' | ') || ')' || left_out)::tsquery
	INTO every_word, some_word FROM unnest(forms) AS f;
	numbers := search_matches(every_word, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
	has_every := numbers <> '{}';
	IF NOT has_every AND some_word::text <> every_word::text THEN
		numbers := search_matches(some_word, newest, oldest, spaces, blocked, of_space, of_lang, by_author, of_kind, since);
	END IF;
	RETURN QUERY
	WITH scored AS (
		SELECT d.number AS n, d.topic_id, d.at, (
			SELECT sum(CASE WHEN d.tokens @@ e THEN 3 WHEN d.tokens @@ f THEN 1 ELSE 0 END
				+ CASE WHEN strpos(' ' || d.title || ' ', ' ' || w || ' ') > 0 THEN 2 ELSE 0 END)
			FROM unnest(sought, forms, exactly) AS s (w, f, e)) AS score
		FROM search_documents d WHERE d.number = ANY (numbers)
	),
	best AS (
		SELECT DISTINCT ON (topic_id) n, at, score, count(*) OVER (PARTITION BY topic_id) AS texts
		FROM scored ORDER BY topic_id, score DESC, at DESC, n DESC
	)
	SELECT (row_number() OVER (ORDER BY score DESC, at DESC, n DESC))::int, n, has_every, (texts - 1)::int
	FROM best ORDER BY 1 OFFSET skipped LIMIT shown;
END $$;
