import CourseData
import Notebook
import TensorCore

let page = Page.open(
  chapter: 4,
  data: [
    .named("things", "pictures of ten things, drawn from the seed"),
    .named("fashion-mnist", "photographs of clothes (apt-get install dataset-fashion-mnist)"),
    .named(
      "photographs",
      "crops of photographs (apt-get install lomiri-wallpapers-16.04 libjpeg-turbo-progs)"),
    .file("a folder of your own pictures: PPM, PNG or JPEG"),
  ],
  mine: "train on the loss that you wrote")
let options = page.options

let source = page.orStop(try PictureSource.forHoles(options.data, isQuick: options.isQuick))
let sets = options.seeds(options.isQuick ? 1 : 3).map {
  source.draw(
    training: options.isQuick ? 200 : 3000, test: options.isQuick ? 100 : 1000, seed: $0)
}
let set = sets[0]
let some = options.isFull ? sets : [set]

// MARK: What belongs there?

let study = page.orStop(
  try FillStudy(
    some, steps: options.pick(quick: 3, usual: 400, full: 1500),
    judges: options.pick(quick: 2, usual: 100, full: 300),
    adversarialSteps: options.pick(quick: 3, usual: 400, full: 1500)))
page.cell("fill")
page.show(study.grid(6))
page.show(study.errors)
page.cell("looks")
page.show(study.looks)
page.finish()
