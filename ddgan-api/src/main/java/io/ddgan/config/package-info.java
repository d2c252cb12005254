/**
 * What a plug-in says of its configuration: {@link io.ddgan.config.Key} describes a key, {@link
 * io.ddgan.config.ConfigurationException} names every problem of a configuration with its place.
 */
package io.ddgan.config;
