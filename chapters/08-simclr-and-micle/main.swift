import CourseData
import Notebook
import TensorCore

let page = Page.open(
  chapter: 8,
  data: [
    .named("things", "pictures of ten things, drawn from the seed"),
    .named("fashion-mnist", "photographs of clothes (apt-get install dataset-fashion-mnist)"),
    .named("tuxpaint", "stamps (apt-get install tuxpaint-stamps-default netpbm)"),
  ],
  mine: "train with your loss, gradient and pairs, beside the chapter's")
let options = page.options
let source = page.orStop(
  try PictureSource.named(options.data, world: .things, isQuick: options.isQuick))
let sets = options.seeds(options.isFull ? 3 : 1).map {
  source.draw(
    training: options.isQuick ? 500 : 3000, test: options.isQuick ? 200 : 1000, seed: $0)
}
let set = sets[0]
let longRecipe = Recipe(
  plan: ContrastivePlan(
    steps: options.pick(quick: 4, usual: 1200, full: 3000), batch: options.isQuick ? 16 : 32),
  width: options.isQuick ? 4 : 16)
// What is compared with one another is trained for less long.
let recipe = longRecipe.with { $0.plan.steps = options.pick(quick: 2, usual: 300, full: 800) }

// MARK: Views

page.cell("views")
page.show(gallery(set.training, 0, seed: options.seed))
page.value("pictures.training", set.training.count)
page.value("pictures.test", set.test.count)

// MARK: Pre-training

let monitor = Monitor(set, longRecipe)
let trials = page.orStop(
  try sets.map { set in
    try Trial(longRecipe, set, title: "SimCLR, seed \(set.seed)") { model, step in
      if set.seed == sets[0].seed { monitor.look(model, at: step) }
    }
  })
let (start, end) = (monitor.readings[0], monitor.readings[monitor.readings.count - 1])
page.cell("pre-training")
page.show(
  LinePlot(
    "NT-Xent of held-out views", xLabel: "step", yLabel: "loss",
    series: [monitor.series("loss") { $0.loss }]))
page.show(
  LinePlot(
    "Two accuracies while SimCLR trains", xLabel: "step", yLabel: "accuracy",
    series: [
      monitor.series("contrastive") { $0.contrastiveAccuracy },
      monitor.series("nearest neighbours") { $0.neighbourAccuracy },
    ], yRange: 0...1))
page.show(
  LinePlot(
    "Alignment and uniformity of z", xLabel: "step", yLabel: "value",
    series: [
      monitor.series("alignment") { $0.alignment },
      monitor.series("uniformity") { $0.uniformity },
    ]))
page.show(monitor.spectrumPlot)
if options.isMine {
  let steps = options.pick(quick: 4, usual: 200, full: 400)
  let own = OwnTraining(Mine(), set, steps: steps, width: longRecipe.width)
  page.show(page.orStop(try own.table()))
  page.print(own.notes)
}
page.value("encoder.parameters", trials[0].model.encoder.parameterCount)
page.value("encoder.width", trials[0].model.encoder.width)
page.value("head.width", trials[0].model.head.width)
page.value("pairs", longRecipe.plan.batch)
page.value("views", 2 * longRecipe.plan.batch)
page.value("guess.loss", guessingLoss(pairs: longRecipe.plan.batch))
page.value("temperature", longRecipe.plan.temperature)
page.value("steps", longRecipe.plan.steps)
page.value("loss.start", start.loss)
page.value("guess.heldout", guessingLoss(pairs: min(200, set.test.count)))
page.value("loss.end", end.loss)
page.value("contrastive.end", end.contrastiveAccuracy)
page.value("neighbours.start", start.neighbourAccuracy)
page.value("neighbours.raw", monitor.neighbourAccuracyOfPixels)
page.value("neighbours.end", end.neighbourAccuracy)
page.value("alignment.start", start.alignment)
page.value("alignment.end", end.alignment)
page.value("uniformity.start", start.uniformity)
page.value("uniformity.end", end.uniformity)
page.value("rank.h.start", effectiveRank(start.spectra.h), as: .decimals(1))
page.value("rank.z.start", effectiveRank(start.spectra.z), as: .decimals(1))
page.value("rank.h", effectiveRank(end.spectra.h), as: .decimals(1))
page.value("rank.z", effectiveRank(end.spectra.z), as: .decimals(1))

// MARK: The ladder

let ladder = page.orStop(
  try LabelLadder(
    trials, sets,
    plan: FineTuningPlan(
      steps: options.pick(quick: 2, usual: 250, full: 400), learningRate: 1e-2,
      augmentation: .forThings)))
page.cell("ladder")
page.show(ladder.table(classes: set.classes))
page.value("ladder.labels", set.labelled(share: 0.01).count)
page.value("ladder.pixels.100", ladder.mean(.pixels, 1))
page.value("ladder.random.100", ladder.mean(.random, 1))
page.value("ladder.plain.1", ladder.mean(.plain, 0.01))
page.value("ladder.plain.10", ladder.mean(.plain, 0.1))
page.value("ladder.plain.100", ladder.mean(.plain, 1))
page.value("ladder.scratch.1", ladder.mean(.scratch, 0.01))
page.value("ladder.probe.10", ladder.mean(.probe, 0.1))
page.value("ladder.probe.1", ladder.mean(.probe, 0.01))
page.value("ladder.tuned.1", ladder.mean(.fineTuned, 0.01))
page.value("ladder.tuned.10", ladder.mean(.fineTuned, 0.1))
page.value("ladder.scratch.10", ladder.mean(.scratch, 0.1))
page.value("ladder.scratch.100", ladder.mean(.scratch, 1))
page.value("ladder.tuned.100", ladder.mean(.fineTuned, 1))

// MARK: Temperature

let temperatures = page.orStop(
  try Comparison(
    [Float(0.05), 0.1, 0.5, 1].map { temperature in
      ("\(temperature)", recipe.with { $0.plan.temperature = temperature })
    }, over: sets, trial: simCLRTrial))
page.cell("temperature")
page.value("comparison.steps", recipe.plan.steps)
page.show(
  temperatures.table(
    "Four temperatures", "τ",
    [("contrastive accuracy", 2, { $0.trace.finalAccuracy }), ("probe", 2, { $0.probe })]))
page.value(
  "temperature.probe", temperatures.best { $0.probe },
  orAsGood: temperatures.nearBest { $0.probe })
page.value(
  "temperature.contrastive", temperatures.best { $0.trace.finalAccuracy },
  orAsGood: temperatures.nearBest { $0.trace.finalAccuracy })

// MARK: The head

let heads = page.orStop(
  try Comparison(
    ProjectionKind.allCases.map { kind in (kind.rawValue, recipe.with { $0.head = kind }) },
    over: sets, trial: simCLRTrial))
page.cell("heads")
page.show(
  heads.table(
    "Three heads", "head", [("probe on h", 2, { $0.probe }), ("on g(h)", 2, { $0.projectedProbe })])
)
page.value("head.none", heads.means { $0.probe }[0])
page.value("head.linear", heads.means { $0.probe }[1])
page.value("head.nonlinear", heads.means { $0.probe }[2])
page.value("head.projected", heads.means { $0.projectedProbe }[2])
let known = zip(trials, sets).map { KnownFactors($1, of: $0.model) }
page.cell("known")
page.show(KnownFactors.table(known))
page.value("known.turns.h", KnownFactors.mean(known.map { $0.h[1] }))
page.value("known.turns.z", KnownFactors.mean(known.map { $0.z[1] }))
page.value("known.colour.h", KnownFactors.mean(known.map { $0.h[2] }))
page.value("known.colour.random", KnownFactors.mean(known.map { $0.random[2] }))
page.value("known.colour.z", KnownFactors.mean(known.map { $0.z[2] }))

// MARK: Augmentations

let study = page.orStop(
  try AugmentationStudy(options.pick(quick: 2, usual: 4, full: 6), recipe, set))
page.cell("augmentations")
page.show(study.heatmap)
page.value("crop", study.accuracy("crop"))
page.value("colour", study.accuracy("colour"))
page.value("crop.colour", study.accuracy("crop", "colour"))
page.value(
  "best.pair", study.bestPairs()[0],
  // One training for each pair: the table of temperatures shows how far chance alone moves a probe.
  orAsGood: study.bestPairs(within: 0.03))
page.value("crop.contrastive", study.contrastive[0])
page.value("histogram.chance", study.histograms.chance, as: .decimals(4))
page.value("histogram.crop", study.histograms.crop)
page.value("histogram.colour", study.histograms.cropAndColour)

// MARK: Batches and optimizers

let sizes = options.pick(quick: [8, 16], usual: [8, 32, 128], full: [8, 32, 128])
let larsRecipe = recipe.with {
  $0.plan.fit(batch: sizes[sizes.count - 1])
  $0.plan.method = .lars
  $0.plan.learningRate = 4
}
let batchComparison = page.orStop(
  try Comparison(
    sizes.map { size in ("\(size), Adam", recipe.with { $0.plan.fit(batch: size) }) }
      + [("\(sizes[sizes.count - 1]), LARS", larsRecipe)], over: sets,
    trial: simCLRTrial))
page.cell("batches")
page.show(
  batchComparison.table(
    "The same number of views in batches of other sizes", "pairs",
    [("steps", 0, { Double($0.trace.losses.count) }), ("probe", 2, { $0.probe })]))

let largest = sizes.count - 1
page.value("batches.steps", batchComparison.trials[largest][0].trace.losses.count)
page.value("batches.large", batchComparison.means { $0.probe }[largest])
page.value("batches.small", batchComparison.means { $0.probe }[0])

// MARK: What is near, and a map

let pixels = Representation(pixelsOf: set.training, set.test)
var random = Random(seed: options.seed, stream: 1)
let untrained = ResidualEncoder(
  channels: set.training.channels, width: longRecipe.width, using: &random)
let before = Representation(untrained, set.training, set.test)
page.cell("neighbours")
page.show(
  neighbourGrid(
    set, queries: [0, 1, 2],
    [("pixels", pixels), ("random encoder", before), ("SimCLR", trials[0].h)]))
page.value(
  "neighbours.pixels", nearestNeighbourAccuracy(pixels, set.training.labels, set.test.labels))
page.value(
  "neighbours.simclr", nearestNeighbourAccuracy(trials[0].h, set.training.labels, set.test.labels))
let mapped = trials[0].h.test.sliced(axis: 0, 0..<min(300, set.test.count))
let tsne = TSNE(mapped, steps: options.pick(quick: 20, usual: 300, full: 500), using: &random)
let plane = PrincipalComponents(mapped, count: 2, iterations: 100, using: &random)
page.cell("maps")
page.show(classMap("Principal components of h", plane(mapped), set.test, axes: "component"))
page.show(classMap("t-SNE of h", tsne.map, set.test, axes: "map"))

// MARK: Where it breaks

let anchored = page.orStop(
  try Trial(recipe.with { $0.plan.loss = anchoredLoss }, set, title: "anchor among the negatives"))
let sound = page.orStop(
  try Collapse(recipe.with { $0.plan.observations = 30 }, set, title: "NT-Xent"))
page.cell("anchor")
page.show(
  Table(
    "With the anchor among the negatives",
    columns: [.text("loss"), .number("final loss", decimals: 2), .number("probe", decimals: 2)],
    rows: [
      ["NT-Xent", .number(sound.trial.trace.finalLoss), .number(sound.trial.probe)],
      ["anchor left in", .number(anchored.trace.finalLoss), .number(anchored.probe)],
    ]))
let collapsed = page.orStop(
  try Collapse(
    recipe.with {
      $0.plan.loss = attractionLoss
      $0.plan.observations = 30
    }, set, title: "no negatives"))
let ideal = coincidingPairs(recipe.plan.batch)
page.value("floor.sound", ntXent(ideal, temperature: recipe.plan.temperature).value.number)
page.value(
  "floor.anchored", anchoredLoss(ideal, temperature: recipe.plan.temperature).value.number)
page.cell("collapse")
page.show(
  LinePlot(
    "1 − cos between partners", xLabel: "step", yLabel: "1 − cos",
    series: [collapsed.distances("no negatives"), sound.distances("NT-Xent")],
    yScale: .logarithmic))
page.show(
  LinePlot(
    "The largest singular value of z", xLabel: "step", yLabel: "variance",
    series: [collapsed.largest("no negatives"), sound.largest("NT-Xent")],
    yScale: .logarithmic))
page.show(collapsed.spectra)
page.value("collapse.loss.start", collapsed.readings[0].distance, as: .decimals(3))
page.value("collapse.loss.end", collapsed.lastDistance)
page.value("sound.loss.end", sound.last.distance, as: .decimals(3))
page.value("collapse.probe", collapsed.trial.probe)
page.value("sound.probe", sound.trial.probe)

claimSimCLR(
  page, ladder, temperatures, heads, known, study, sound: sound, collapsed: collapsed)

// MARK: What it cost

let trace = trials[0].trace
let viewsPerSecond = Double(trace.views) / max(trace.secondsForViews, 1e-9)
let needed = Double(trace.views) / max(trace.seconds - trace.secondsForViews, 1e-9)
page.cell("cost-simclr")
page.show(
  Table(
    "One pre-training",
    columns: [.text(""), .number("", decimals: 0)],
    rows: [
      ["seconds", .number(trace.seconds)], ["views seen", .number(trace.views)],
      ["views made in a second", .number(viewsPerSecond)],
      ["views that training can take in a second", .number(needed)],
    ]))
page.value("views.share", trace.secondsForViews / max(trace.seconds, 1e-9), as: .percent(0))
page.value("pretraining.rate", trace.stepsPerSecond, as: .decimals(0))

// MARK: Patients

let clinicPlan = MedicalPlan(
  width: options.isQuick ? 4 : 16, thingSteps: options.pick(quick: 2, usual: 300, full: 800),
  clinicSteps: options.pick(quick: 2, usual: 400, full: 1000),
  patientSteps: options.pick(quick: 2, usual: 400, full: 1000),
  tuningSteps: options.pick(quick: 2, usual: 400, full: 800),
  things: options.isQuick ? 100 : 3000)
let clinicSets = options.seeds(options.isFull ? 3 : 1).map {
  ClinicSet(
    everyone: options.isQuick ? 60 : 1000, training: options.isQuick ? 40 : 300,
    test: options.isQuick ? 30 : 500, seed: $0)
}
let clinic = clinicSets[0]
page.cell("patients")
page.show(clinic.albums)
page.value("clinic.patients", clinic.everyone.patients.count)
page.value("clinic.pictures", clinic.everyone.pictures.count)
page.value("clinic.labelled", clinic.training.patients.count)
page.value(
  "clinic.commonest",
  meanAndDeviation(clinicSets.map(\.test.pictures.shareOfCommonestClass)).mean)
let lonely = Double(clinic.everyone.patients.count { $0.count == 1 })
page.value("clinic.single", lonely / Double(clinic.everyone.patients.count), as: .percent(0))
page.cell("pairs")
page.show(page.orStop(try clinic.pairs(MedicalPlan.views)))

let pipelines = page.orStop(
  try clinicSets.map { try MedicalPipeline($0, plan: clinicPlan) })
let shares = options.isFull ? [0.1, 0.2, 0.3, 0.5, 1] : [0.1, 0.3, 1]
let labelShares = page.orStop(
  try LabelShares(shares, sets: clinicSets, pipelines: pipelines, plan: clinicPlan))
page.cell("clinic-labels")
page.show(labelShares.plot)
page.show(labelShares.table("Test accuracy by share of the labels", \.accuracy))
page.show(labelShares.table("The same, each condition weighing the same (balanced)", \.balanced))
page.show(labelShares.table("Without fine-tuning: a linear probe on the frozen h", \.probe))
let matching = labelShares.share(of: .patients, matching: .supervised)
page.value("micle.share", matching.map { percent($0) } ?? "more than all")
page.value("baseline.all", labelShares.mean(1, .supervised))
page.value("micle.all", labelShares.mean(1, .patients))
page.value("micle.tenth", labelShares.mean(0.1, .patients))
page.value("clinic.all", labelShares.mean(1, .clinic))
page.value("clinic.tenth", labelShares.mean(0.1, .clinic))
page.value("things.tenth", labelShares.mean(0.1, .things))
let lead = PairedDifference(labelShares.at(1, .patients), minus: labelShares.at(1, .clinic))
page.value("micle.lead", 100 * lead.mean, as: .decimals(1))
page.value(
  "micle.lead.spread",
  lead.runs > 1
    ? NumberStyle.decimals(1).text(100 * lead.deviation) : "what one seed cannot tell")
page.value("things.all", labelShares.mean(1, .things))
page.value("probe.tenth", labelShares.mean(0.1, .patients, \.probe))
page.value("probe.simclr", labelShares.mean(0.1, .clinic, \.probe))
page.value("baseline.tenth", labelShares.mean(0.1, .supervised))
page.value("scratch.all", labelShares.mean(1, .scratch))
page.value("scratch.tenth", labelShares.mean(0.1, .scratch))

page.cell("hospitals")
page.show(labelShares.tableOfHospitals)
page.value("micle.second", labelShares.mean(1, .patients, \.elsewhere))
page.value("baseline.second", labelShares.mean(1, .supervised, \.elsewhere))

let remembered = Remembered(clinicSets, pipelines)
page.cell("remembered")
page.show(remembered.table)
page.value("pathology.micle", remembered.mean(.patients, .pathology))
page.value("pathology.simclr", remembered.mean(.clinic, .pathology))
page.value("camera.random", remembered.mean(.scratch, .camera))
page.value("tone.micle", remembered.mean(.patients, .skinTone))
page.value("tone.simclr", remembered.mean(.clinic, .skinTone))
page.value("camera.micle", remembered.mean(.patients, .camera))
page.value("camera.simclr", remembered.mean(.clinic, .camera))

// MARK: The patient on both sides

let leak = page.orStop(
  try LeakStudy(
    clinicSets.map(\.seed), pipelines.map { $0.encoders[.patients]! },
    patients: options.isQuick ? 20 : 500))
page.cell("leak")
page.show(leak.table)
page.value("leak.recognised", meanAndDeviation(leak.recognised).mean, as: .percent(0))
page.value("leak.lot", meanAndDeviation(leak.pictures.lot).mean)
page.value("leak.honest", meanAndDeviation(leak.patients.lot).mean)
page.value("leak.truth", meanAndDeviation(leak.pictures.truth).mean)
page.value("leak.truth.honest", meanAndDeviation(leak.patients.truth).mean)
claimMICLe(page, labelShares, remembered, leak, isShort: !options.isFull)
page.value("clinic.seconds", pipelines[0].seconds, as: .seconds)

page.finish()
