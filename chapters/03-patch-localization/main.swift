import CourseData
import Notebook
import TensorCore

let page = Page.open(
  chapter: 3,
  data: [
    .named("things", "pictures of ten things, drawn from the seed"),
    .named(
      "photographs",
      "crops of photographs (apt-get install lomiri-wallpapers-16.04 libjpeg-turbo-progs)"),
    .file("a folder of your own pictures: PPM, PNG or JPEG"),
  ],
  mine: "train on the pairs that your sampler draws")
let options = page.options

let source = page.orStop(
  try PictureSource.named(options.data, world: .ofParts, isQuick: options.isQuick))
let sets = options.seeds(options.isQuick ? 1 : 3).map {
  source.draw(
    training: options.isQuick ? 200 : 1500, test: options.isQuick ? 100 : 500, seed: $0)
}
let set = sets[0]
let plan = LocalizationPlan(steps: options.pick(quick: 3, usual: 500, full: 2000))
let some = options.isFull ? sets : [set]
let pairCount = options.isQuick ? 100 : 4000
let labels = options.isQuick ? 50 : 1000

page.cell("pretext")
let study = PretextStudy(sets, plan, pairs: pairCount)
page.show(study.lossPlot)
page.show(study.table)
page.show(study.confusion)
if let decided = study.decided { page.show(decided) }
page.show(study.sureness)

page.cell("neighbours")
let neighbours = Neighbours(
  study.trained[0], set.test, scenes: set.scenes?.test, seed: options.seed)
page.show(neighbours.grid(queries: 3))

page.cell("ladder")
let ladder = Ladder(
  options.pick(quick: [50], usual: [100, 1000], full: [100, 300, 1000]), some, study.trained,
  steps: plan.steps, tuning: options.pick(quick: 2, usual: 100, full: 300))
for table in ladder.tables { page.show(table) }
page.print("\(ladder.seconds)")

let short = { (change: (inout LocalizationPlan) -> Void) in
  var plan = LocalizationPlan(steps: options.pick(quick: 2, usual: 250, full: 1200))
  change(&plan)
  return plan
}
page.cell("trivial")
let trivial = Trainings(
  "Without gap, without jitter",
  [
    ("gap and jitter", (Lens(), short { _ in })),
    ("no gap", (Lens(), short { $0.layout.gap = 0 })),
    ("no jitter", (Lens(), short { $0.layout.jitter = 0 })),
    ("neither", (Lens(), short { $0.layout = PatchLayout(size: 12, gap: 0, jitter: 0) })),
    ("frame of 2 pixels, gap and jitter", (Lens(), short { $0.frame = 2 })),
    (
      "frame of 2 pixels, neither",
      (
        Lens(),
        short {
          $0.frame = 2
          $0.layout = PatchLayout(size: 12, gap: 0, jitter: 0)
        }
      )
    ),
  ], some, labels: labels, pairs: pairCount)
page.show(trivial.table(withPositions: false))

page.cell("lens")
let lens = Lens(red: 0.03, blue: -0.03)
let colours = Trainings(
  "A lens, and two cures",
  [
    ("no lens", (Lens(), short { _ in })),
    ("no lens, projection", (Lens(), short { $0.cure = .projection })),
    ("no lens, dropping", (Lens(), short { $0.cure = .dropping })),
    ("lens", (lens, short { _ in })),
    ("lens, projection", (lens, short { $0.cure = .projection })),
    ("lens, dropping", (lens, short { $0.cure = .dropping })),
  ], some, labels: labels, pairs: pairCount)
page.show(colours.table(withPositions: true))
page.show(lensTable(options.data, set.test))
page.show(lensTable(options.data + " seen through the lens", lens.seen(set.test)))

page.cell("prior")
let prior = PriorStudy(steps: options.pick(quick: 2, usual: 200, full: 600), seed: options.seed)
page.show(prior.plot)
page.show(prior.table)

page.cell("jigsaw")
let jigsaw = JigsawStudy(some, short { _ in }, orders: 24, labels: labels)
page.show(jigsaw.table)

page.finish()
