// Starts the islands of pages that lie as files: as modules where a host gives them, as one bundle where a disk does,
// for a browser lets a page on a disk load no module.
const own = document.currentScript as HTMLScriptElement;
const script = document.createElement("script");
if (location.protocol === "file:") {
  script.src = `${own.dataset.up}built/disk/bundle.js`;
} else {
  script.type = "module";
  script.src = own.dataset.module ?? "";
}
script.defer = true;
document.head.append(script);

export {};
