export default function (config) {
  config.addPassthroughCopy({ static: "assets" });
  return { dir: { input: "src", output: "_site" } };
}
