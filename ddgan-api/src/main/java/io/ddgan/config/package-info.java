/**
 * Configuration of plug-ins: {@link io.ddgan.config.Key} describes a key, {@link
 * io.ddgan.config.ConfigurationException} lists all problems of a configuration with their places.
 */
package io.ddgan.config;
