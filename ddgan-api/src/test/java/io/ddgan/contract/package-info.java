/**
 * What implementations of the contracts in {@link io.ddgan.api} keep to, as tests. To test a
 * component, extend its contract's class and name the component there; it comes with this module's
 * test jar. A backend of ND4J must be on the class path.
 */
package io.ddgan.contract;
