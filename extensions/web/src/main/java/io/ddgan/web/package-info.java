/** Internal: commands that talk HTTP, to browsers and to other programs. */
package io.ddgan.web;
