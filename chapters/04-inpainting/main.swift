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
  ])
let options = page.options

let source = page.orStop(try PictureSource.forHoles(options.data, isQuick: options.isQuick))
let sets = options.seeds(options.isQuick ? 1 : 3).map {
  source.draw(
    training: options.isQuick ? 200 : 3000, test: options.isQuick ? 100 : 1000, seed: $0)
}
let set = sets[0]
let some = options.isFull ? sets : [set]

let labels = options.isQuick ? 50 : 1000

// MARK: What belongs there?

let steps = options.pick(quick: 3, usual: 160, full: 800)
let study = page.orStop(
  try FillStudy(
    some, steps: steps, judges: options.pick(quick: 2, usual: 80, full: 300),
    adversarialSteps: steps))
page.cell("fill")
page.show(study.grid(6))
page.show(study.errors)
page.cell("looks")
page.show(study.looks)
claimLosses(page, study)

// MARK: The game

let joint = study.painters[FillStudy.louder]!
let games = page.orStop(try GameStudy(joint, set.training, seed: options.seed))
page.cell("game")
page.show(games.losses(0))
page.show(games.losses(1))
page.show(games.rights)
page.show(games.table(set))

page.cell("lot")
let lot = page.orStop(
  try LotStudy(steps: options.pick(quick: 2, usual: 200, full: 200), seed: options.seed))
page.show(lot.grid)
page.show(lot.table)

// MARK: A layer for each channel

let reach = page.orStop(
  try ReachStudy(
    steps: options.pick(quick: 2, usual: 120, full: 1000), pictures: options.isQuick ? 50 : 1000,
    seed: options.seed))
page.cell("reach")
page.show(ReachStudy.weights)
page.show(reach.table)
page.show(reach.map(0))
page.show(reach.map(1))

// MARK: What is it worth?

page.cell("ladder")
var ladder: Ladder?
if set.sharesClasses {
  let made = page.orStop(
    try Ladder(
      options.isFull
        ? Ladder.Start.allCases : [.random, .autoencoder, .turns, .blocks, .supervised],
      options.pick(quick: [50], usual: [100, 1000], full: [100, 300, 1000]), some,
      steps: options.pick(quick: 2, usual: 160, full: 800),
      tuning: options.pick(quick: 2, usual: 80, full: 200)))
  for table in made.tables { page.show(table) }
  page.show(made.costs)
  ladder = made
} else {
  page.print("These pictures have no kinds that could be asked for.")
}

// MARK: The masked autoencoder

let masked = page.orStop(
  try MaskedStudy(
    options.isFull ? [0.25, 0.5, 0.75, 0.9] : [0.75], some,
    steps: options.pick(quick: 2, usual: 250, full: 1000), labels: labels))
page.cell("masked")
page.show(masked.grid(6, seed: options.seed))
page.show(masked.table)

// MARK: Where it breaks

let breaks = page.orStop(
  try BreakStudy(set, joint: joint, steps: options.pick(quick: 2, usual: 120, full: 800)))
page.cell("whole")
page.show(breaks.overWhole)
page.cell("seam")
page.show(breaks.seam)
claimReasons(page, lot, reach, breaks)
claimFeatures(page, ladder, masked, labels: labels)

page.finish()
