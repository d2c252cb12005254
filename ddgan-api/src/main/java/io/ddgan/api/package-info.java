/**
 * The contracts that every part of the framework is written against, one small interface each. An
 * implementation is an immutable record whose components are its configuration keys; see {@link
 * io.ddgan.plugin.DdganPlugin} for how it gets its name.
 */
package io.ddgan.api;
