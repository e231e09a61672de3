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
let plan = LocalizationPlan(steps: options.pick(quick: 3, usual: 400, full: 1500))
let some = options.isFull ? sets : [set]
let pairCount = options.isQuick ? 100 : 4000
let labels = options.isQuick ? 50 : 1000

// MARK: Where does it belong?

let study = PretextStudy(sets, plan, pairs: pairCount)
page.cell("pretext")
page.show(study.lossPlot)
page.show(study.table)
page.show(study.confusion)
if options.isMine {
  let mine = Mine()
  let ownPlan = LocalizationPlan(steps: options.pick(quick: 3, usual: 200, full: 400))
  if let own = study.beside(mine.sampler(plan.layout), ownPlan, pairs: pairCount) { page.show(own) }
  page.print(mine.report)
}
page.cell("decided")
if let decided = study.decided { page.show(decided) }
page.show(study.sureness)
page.show(lookingAt(study.trained[0], set.test, count: 6))

// MARK: What is it worth?

let neighbours = Neighbours(
  study.trained[0], set.test, scenes: set.scenes?.test, seed: options.seed)
page.cell("neighbours")
page.show(neighbours.grid(queries: 3))
if let table = neighbours.table { page.show(table) }

page.cell("ladder")
let ladder =
  set.sharesClasses
  ? Ladder(
    options.pick(quick: [50], usual: [100, 1000], full: [100, 300, 1000]), some, study.trained,
    steps: plan.steps, tuning: options.pick(quick: 2, usual: 150, full: 300)) : nil
if let ladder {
  for table in ladder.tables { page.show(table) }
  page.show(ladder.costs)
} else {
  page.print("These pictures have no kinds that could be asked for.")
}
claimLocalization(page, study, ladder, labels: labels)

// MARK: Shortcuts

let shortSteps = options.pick(quick: 2, usual: 200, full: 800)
let trainings = Trainings(Recipes.all(shortSteps), some, labels: labels, pairs: pairCount)
page.cell("trivial")
page.show(trainings.table("Without gap, without jitter", Recipes.trivial))
page.cell("layouts")
let layouts = Trainings(
  Recipes.layouts(side: set.training.height).map { layout in
    (
      Recipes.name(layout),
      (Lens(), LocalizationPlan(layout: layout, steps: options.isFull ? 800 : shortSteps / 2))
    )
  }, [set], labels: labels, pairs: pairCount)
page.show(layouts.table("Sizes and gaps", layouts.comparison.names))
page.cell("lens")
if set.training.looksGrey {
  page.print("These pictures are grey: a lens has no colours to part, and the cures none to mend.")
}
page.show(trainings.table("Lenses and cures", Recipes.colours, withPositions: true))
page.cell("fringes")
let whole = page.orStop(
  try options.data == "photographs" ? Photographs.load(eighths: 4).whole : [set.test])
page.show(lensTable("The pictures as they are", whole))
page.show(lensTable("Through a lens of +3 % and −3 %", [Recipes.single.seen(set.test)]))
claimShortcuts(page, trainings)

// MARK: A loss that falls

let prior = PriorStudy(steps: options.pick(quick: 2, usual: 150, full: 600), seed: options.seed)
page.cell("prior")
page.show(prior.plot)
page.show(prior.table)

// MARK: What came after

let jigsaw = JigsawStudy(
  some, LocalizationPlan(steps: shortSteps), orders: 24, labels: labels)
page.cell("jigsaw")
page.show(jigsaw.table)
claimOthers(page, prior, jigsaw, trainings)

page.finish()
