package dev.owlery.api.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record that is filled from configuration. A plugin whose constructor has a parameter of
 * such a record gets its own block {@code plugin.NAME}; an adapter names its record in {@link
 * dev.owlery.api.adapter.AdapterProvider#settingsType()}.
 *
 * <p>A component {@code maxLines} is the key {@code max-lines}. Components may be {@code String},
 * {@code int}, {@code long}, {@code double}, {@code boolean}, {@code Duration}, {@code Path},
 * {@link Secret}, an enum (written {@code lower-case}), another such record, or {@code Optional},
 * {@code List} or {@code Map<String, ...>} of these. A component without {@link Default}, that is
 * no Optional, List or Map, must be given. The record's constructor checks values and throws {@link
 * SettingException} (with {@link SettingFaults} all faults are shown at once), or {@link
 * IllegalArgumentException} if no single key is at fault.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Settings {}
