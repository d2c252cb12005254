/** What determines a run, and its parts put together. */
package io.ddgan.train.experiment;
