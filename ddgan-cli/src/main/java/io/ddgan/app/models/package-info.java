/**
 * Trained generators: what is passed on of a run, and those that come with the framework.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.models;
