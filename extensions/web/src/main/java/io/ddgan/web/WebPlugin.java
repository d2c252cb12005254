package io.ddgan.web;

import io.ddgan.plugin.Contributions;
import io.ddgan.plugin.DdganPlugin;

/** Contributes the commands that use HTTP. */
public final class WebPlugin extends DdganPlugin {

  /** Called by the service loader. */
  public WebPlugin() {
    super(API_VERSION);
  }

  @Override
  public String name() {
    return "ddgan-web";
  }

  @Override
  protected void contribute(Contributions contributions) {
    contributions.addCommand(
        "watch", "Show runs and sweeps in a browser, during training or later.", new Watch());
    contributions.addCommand(
        "play",
        "Explore a run or a model in a browser: follow its steps, change latent vectors, paint.",
        new Play());
    contributions.addCommand(
        "page",
        "Write a page that samples a run or a model in any browser, without a server.",
        new Page());
    contributions.addCommand("serve", "Serve samples of a run or a model over HTTP.", new Serve());
  }
}
