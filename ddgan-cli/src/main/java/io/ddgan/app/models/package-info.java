/**
 * Trained models: the export of a run, and the models that come with ddgan.
 *
 * <p>Internal: may change in any version.
 */
package io.ddgan.app.models;
