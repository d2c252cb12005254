package io.ddgan.web;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** What a server counts, in Prometheus's format. */
final class ServerMetrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
  private final Counter requests =
      Counter.builder()
          .name("ddgan_requests_total")
          .help("Requests for samples, by the status of the answer.")
          .labelNames("status")
          .register(registry);
  private final Gauge accepted =
      Gauge.builder()
          .name("ddgan_requests_accepted")
          .help("Requests for samples that are being answered.")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("ddgan_request_seconds")
          .help("How long accepted requests for samples took, in seconds.")
          .classicUpperBounds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
          .classicOnly()
          .register(registry);
  private final Counter examples =
      Counter.builder()
          .name("ddgan_examples_total")
          .help("Examples that were generated.")
          .register(registry);
  private final Counter batches =
      Counter.builder()
          .name("ddgan_batches_total")
          .help("Batches in which they were generated.")
          .register(registry);

  /** A request for samples is going to be answered. */
  void accepted() {
    accepted.inc();
  }

  /** An accepted request was answered. */
  void answered(int status, Duration after) {
    accepted.dec();
    requests.labelValues(Integer.toString(status)).inc();
    seconds.observe(after.toNanos() / 1e9);
  }

  /** A request found no place. */
  void refused() {
    requests.labelValues("429").inc();
  }

  /** A batch was computed. */
  void computed(int count) {
    batches.inc();
    examples.inc(count);
  }

  /** All of it, and what it is written in. */
  byte[] text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, registry.scrape());
    return out.toByteArray();
  }

  String contentType() {
    return writer.getContentType();
  }
}
