package io.ddgan.web;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** What a server counts, in Prometheus's format. */
final class ServerMetrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();

  final Counter requests =
      Counter.builder()
          .name("ddgan_requests_total")
          .help("Requests for samples, by the status of the answer.")
          .labelNames("status")
          .register(registry);
  final Gauge accepted =
      Gauge.builder()
          .name("ddgan_requests_accepted")
          .help("Requests for samples that are being answered.")
          .register(registry);
  final Histogram seconds =
      Histogram.builder()
          .name("ddgan_request_seconds")
          .help("How long accepted requests for samples took, in seconds.")
          .classicUpperBounds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
          .classicOnly()
          .register(registry);

  /** All of it, as text. */
  byte[] text() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out, registry.scrape());
    return out.toByteArray();
  }

  String contentType() {
    return writer.getContentType();
  }
}
