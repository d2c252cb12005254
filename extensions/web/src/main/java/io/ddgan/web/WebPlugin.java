package io.ddgan.web;

import io.ddgan.plugin.Components;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the commands that use HTTP. */
public final class WebPlugin extends DdganPlugin {

  /** Called by the service loader. */
  public WebPlugin() {
    super(API);
  }

  @Override
  public String name() {
    return "ddgan-web";
  }

  @Override
  protected void components(Components components) {
    components.command(
        "watch", "Show runs and sweeps in a browser, during training or later.", new Watch());
    components.command(
        "play",
        "Explore a run or a model in a browser: its steps, latent vectors, painting.",
        new Play());
    components.command(
        "page",
        "Write a page that samples a run or a model in any browser, without a server.",
        new Page());
    components.command("serve", "Serve samples of a run or a model over HTTP.", new Serve());
  }
}
