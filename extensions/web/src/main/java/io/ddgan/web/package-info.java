/** Internal: commands that answer other programs over HTTP. */
package io.ddgan.web;
