/** Rows drawn as a chart in the theme's colours. The property "drawing" is the JSON of io.dragoman.ui.ask.Drawing. */
class Chart extends HTMLElement {
  #drawing;
  #chart;
  #resized;
  #themed;

  set drawing(json) {
    this.#drawing = json ? JSON.parse(json) : undefined;
    if (this.isConnected) {
      this.#render();
    }
  }

  connectedCallback() {
    this.#resized = new ResizeObserver(() => this.#chart?.resize());
    this.#resized.observe(this);
    this.#themed = new MutationObserver(() => this.#render());
    this.#themed.observe(document.documentElement, { attributes: true, attributeFilter: ['theme'] });
    this.#render();
  }

  disconnectedCallback() {
    this.#resized.disconnect();
    this.#themed.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  async #render() {
    const { init } = await import('./chart-library.js');
    if (!this.isConnected || !this.#drawing) {
      return;
    }
    const look = this.#look();
    const sideways = isSideways(this.#drawing);
    const rows = sideways ? this.#drawing.labels.length * Math.max(1, this.#drawing.series.length * 0.6) : 0;
    this.style.setProperty('--chart-height', sideways ? `${Math.max(10, 4 + rows * 1.9)}rem` : '20rem');
    this.#chart ??= init(this, null, { renderer: 'svg' });
    this.#chart.resize();
    this.#chart.setOption(option(this.#drawing, sideways, look), true);
    this.toggleAttribute('data-drawn', true);
  }

  #look() {
    const style = getComputedStyle(this);
    const value = (name) => style.getPropertyValue(name).trim();
    return {
      colours: value('--dragoman-chart').split(/\s+/),
      text: value('--lumo-body-text-color'),
      muted: value('--lumo-secondary-text-color'),
      line: value('--dragoman-line'),
      card: value('--dragoman-card'),
      font: style.fontFamily,
      narrow: this.clientWidth < 500,
      still: matchMedia('(prefers-reduced-motion: reduce)').matches,
    };
  }
}

/** Bars with long or many names lie down, so that every name can be read. */
function isSideways({ type, labels }) {
  return type === 'bar' && labels.length <= 50
    && (labels.length > 12 || labels.some((label) => label.length > 14));
}

function shortened(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
const told = (value) => (value === null || value === undefined ? 'none'
  : Array.isArray(value) ? value.map(told).join(', ') : typeof value === 'number' ? exact.format(value) : value);

/** Whether the labels are dates or times, which are apart by how long it is between them. */
function isTime({ type, labels }) {
  return type === 'line' && labels.length > 0 && labels.every((label) => /^\d{4}-\d\d-\d\d([T ]|$)/.test(label));
}

/** Whether small differences of large numbers would be lost on an axis from zero. */
function isFarFromZero(series) {
  const all = series.flatMap((one) => one.values.flat()).filter((value) => value !== null);
  return Math.min(...all) > 0.5 * Math.max(...all);
}

function option({ type, x, labels, series }, sideways, look) {
  const several = series.length > 1;
  const time = isTime({ type, labels });
  const values = {
    type: 'value',
    scale: type === 'scatter' || (type === 'line' && isFarFromZero(series)),
    axisLabel: { color: look.muted, formatter: (value) => compact.format(value) },
    splitLine: { lineStyle: { color: look.line } },
    name: several ? undefined : series[0].name,
    nameTextStyle: { color: look.muted, align: sideways ? 'right' : 'left' },
    nameLocation: 'end',
  };
  const names = time ? {
    type: 'time',
    axisLabel: { color: look.muted, hideOverlap: true },
    axisLine: { lineStyle: { color: look.line } },
  } : {
    type: 'category',
    data: labels,
    inverse: sideways,
    boundaryGap: type !== 'line',
    axisLabel: {
      color: look.muted,
      hideOverlap: !sideways,
      interval: sideways ? 0 : 'auto',
      formatter: (label) => shortened(label, look.narrow ? 14 : 28),
    },
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
  };
  const common = {
    color: look.colours,
    animation: !look.still,
    animationDuration: 300,
    textStyle: { fontFamily: look.font, color: look.text },
    tooltip: {
      trigger: type === 'pie' || type === 'scatter' ? 'item' : 'axis',
      axisPointer: { type: type === 'bar' ? 'shadow' : 'line', shadowStyle: { color: look.line, opacity: 0.35 } },
      backgroundColor: look.card,
      borderColor: look.line,
      textStyle: { color: look.text, fontFamily: look.font, fontSize: 13 },
      confine: true,
      valueFormatter: told,
    },
    legend: several || type === 'pie'
      ? { type: 'scroll', top: 0, textStyle: { color: look.text }, pageTextStyle: { color: look.text }, icon: 'roundRect',
        pageIconColor: look.text, pageIconInactiveColor: look.line }
      : undefined,
  };
  if (type === 'pie') {
    return {
      ...common,
      series: [{
        type: 'pie', name: series[0].name, radius: ['38%', '68%'], center: ['50%', '57%'],
        itemStyle: { borderColor: look.card, borderWidth: 2 },
        minShowLabelAngle: 18,
        label: { color: look.text, formatter: look.narrow ? '{d} %' : '{b}: {d} %' },
        data: labels.map((name, i) => ({ name, value: series[0].values[i] })),
      }],
    };
  }
  const grid = { left: 8, right: 24, top: several ? 40 : 32, bottom: type === 'scatter' ? 28 : 8, containLabel: true };
  if (type === 'scatter') {
    return {
      ...common, grid,
      xAxis: { ...values, name: x, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: look.muted },
        splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: look.line } } },
      yAxis: values,
      series: series.map((one) => ({ type, name: one.name, data: one.values, symbolSize: 9,
        itemStyle: { opacity: 0.75 } })),
    };
  }
  return {
    ...common, grid,
    xAxis: sideways ? { ...values, nameLocation: 'middle', nameGap: 26, position: 'top' } : names,
    yAxis: sideways ? names : values,
    series: series.map((one) => ({
      type, name: one.name, barMaxWidth: 36,
      data: time ? labels.map((label, i) => [label, one.values[i]]).filter(([, value]) => value !== null) : one.values,
      showSymbol: type === 'line' && labels.length <= 60, symbolSize: 6, lineStyle: { width: 2.5 },
      itemStyle: type === 'bar' ? { borderRadius: sideways ? [0, 3, 3, 0] : [3, 3, 0, 0] } : undefined,
    })),
  };
}

customElements.define('dragoman-chart', Chart);
